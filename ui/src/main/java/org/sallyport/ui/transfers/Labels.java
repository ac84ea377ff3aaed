package org.sallyport.ui.transfers;

import java.util.List;
import java.util.TreeSet;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.sallyport.core.model.TorrentSnapshot;

/** The labels on the list, and the one it is held to. FX thread. */
final class Labels {
    /** Torrents with any label, and with none. */
    static final String ANY = "";

    private final ObservableList<String> offered = FXCollections.observableArrayList(ANY);
    private final StringProperty chosen = new SimpleStringProperty(ANY);

    /** Takes over what labels there are; a chosen one that is gone is chosen no more. */
    void offer(List<TorrentSnapshot> torrents) {
        TreeSet<String> now = new TreeSet<>();
        torrents.forEach(torrent -> now.addAll(torrent.options().labels()));
        if (!List.copyOf(now).equals(known())) {
            String before = chosen.get();
            offered.retainAll(FXCollections.concat(FXCollections.observableArrayList(ANY), FXCollections.observableArrayList(now)));
            now.stream().filter(label -> !offered.contains(label)).forEach(offered::add);
            FXCollections.sort(offered);
            chosen.set(now.contains(before) ? before : ANY);
        }
    }

    boolean admits(TorrentSnapshot torrent) {
        return chosen.get().isEmpty() || torrent.options().labels().contains(chosen.get());
    }

    /** In alphabetical order, without {@link #ANY}. */
    List<String> known() {
        return offered.stream().filter(label -> !label.isEmpty()).toList();
    }

    /** {@link #ANY} first, then all there are. */
    ObservableList<String> offered() {
        return offered;
    }

    /** {@link #ANY} for all torrents. */
    StringProperty chosenProperty() {
        return chosen;
    }
}
