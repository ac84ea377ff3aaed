package org.sallyport.ui.transfers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The rows that the Downloads table has, in order. Touches only what differs, for the table does much for each change it is told of. FX thread. */
final class ListedRows {
    /** More at once are taken out in one change. */
    private static final int ONE_BY_ONE = 20;

    private final ObservableList<TransferRow> rows = FXCollections.observableArrayList();
    private Comparator<TransferRow> order = byTimeAdded();
    private Consumer<Runnable> around = Runnable::run;

    ObservableList<TransferRow> rows() {
        return rows;
    }

    static Comparator<TransferRow> byTimeAdded() {
        return Comparator.comparing((TransferRow row) -> row.latest().addedAt()).thenComparing(TransferRow::hash);
    }

    /** Orders the rows, now and whenever they change. */
    void setOrder(Comparator<TransferRow> comparator) {
        order = comparator.thenComparing(byTimeAdded());
        sort();
    }

    /** @param carrier is given each change in which many rows leave at once, to be carried out */
    void around(Consumer<Runnable> carrier) {
        around = carrier;
    }

    /** Has those of {@code all} that are wanted, and no others. */
    void choose(Collection<TransferRow> all, Predicate<TransferRow> wanted) {
        List<TransferRow> more = new ArrayList<>();
        int stay = 0;
        for (TransferRow row : all) {
            if (!wanted.test(row)) {
                row.listed(false);
            } else if (row.listed()) {
                stay++;
            } else {
                more.add(row);
            }
        }
        if (stay < rows.size()) {
            takeOut(stay);
        }
        if (!more.isEmpty()) {
            more.forEach(row -> row.listed(true));
            rows.addAll(more);
        }
        sort();
    }

    private void takeOut(int stay) {
        if (rows.size() - stay <= ONE_BY_ONE) {
            rows.removeIf(row -> !row.listed());
        } else {
            Set<TransferRow> staying = new HashSet<>(stay * 2);
            rows.stream().filter(TransferRow::listed).forEach(staying::add);
            around.accept(() -> rows.retainAll(staying));
        }
    }

    /** Sorts only when the order is wrong: a sort tells the table to lay itself out again. */
    private void sort() {
        for (int i = 1; i < rows.size(); i++) {
            if (order.compare(rows.get(i - 1), rows.get(i)) > 0) {
                FXCollections.sort(rows, order);
                return;
            }
        }
    }
}
