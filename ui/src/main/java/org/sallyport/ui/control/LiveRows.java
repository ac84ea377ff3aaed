package org.sallyport.ui.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * Table rows that stay while their values change, so that selection and scrolling stay too: a new list of values updates
 * rows with the same key in place. FX thread.
 */
public final class LiveRows<K, V> {

    /** One row. */
    public static final class Row<V> {
        private final ObjectProperty<V> value;

        Row(V value) {
            this.value = new SimpleObjectProperty<>(value);
        }

        public V value() {
            return value.get();
        }

        /** A column's view of the value. */
        public <C> ObservableValue<C> map(Function<? super V, ? extends C> column) {
            return value.map(column);
        }
    }

    private final Function<V, K> keyOf;
    private final Map<K, Row<V>> byKey = new HashMap<>();
    private final ObservableList<Row<V>> rows = FXCollections.observableArrayList();

    /** @param keyOf what makes a value the same row as before */
    public LiveRows(Function<V, K> keyOf) {
        this.keyOf = keyOf;
    }

    public ObservableList<Row<V>> rows() {
        return rows;
    }

    public void update(List<V> values) {
        Set<K> seen = new HashSet<>();
        List<Row<V>> more = new ArrayList<>();
        for (V value : values) {
            K key = keyOf.apply(value);
            if (!seen.add(key)) {
                continue;
            }
            Row<V> row = byKey.get(key);
            if (row == null) {
                row = new Row<>(value);
                byKey.put(key, row);
                more.add(row);
            } else if (!row.value().equals(value)) {
                row.value.set(value);
            }
        }
        rows.addAll(more); // a table does much for each change it is told of
        if (byKey.size() > seen.size()) {
            byKey.keySet().retainAll(seen);
            rows.removeIf(row -> !seen.contains(keyOf.apply(row.value())));
        }
    }

    public void clear() {
        byKey.clear();
        rows.clear();
    }
}
