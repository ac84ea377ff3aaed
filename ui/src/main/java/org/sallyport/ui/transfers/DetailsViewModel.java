package org.sallyport.ui.transfers;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.ui.feed.EngineFeed;

/** Fetches one torrent in full with each snapshot, while it is looked at and never two requests at a time. FX thread. */
final class DetailsViewModel {
    private final EngineFeed feed;
    private final TransfersViewModel torrents;
    private final BooleanProperty shown = new SimpleBooleanProperty(true);
    private List<TransferRow> chosen = List.of();
    private boolean asked;
    private Consumer<TorrentDetails> onDetails = details -> { };
    private Consumer<TransferRow> onRow = row -> { };
    private Runnable onNothing = () -> { };

    DetailsViewModel(EngineFeed feed, TransfersViewModel torrents) {
        this.feed = feed;
        this.torrents = torrents;
        shown.addListener(o -> refresh());
    }

    /** Where answers go. @param row each new state of the chosen row @param nothing no torrent, or more than one, is chosen */
    void deliverTo(Consumer<TransferRow> row, Consumer<TorrentDetails> details, Runnable nothing) {
        onRow = row;
        onDetails = details;
        onNothing = nothing;
    }

    /** What is selected in the table. */
    void choose(List<TransferRow> rows) {
        if (rows.equals(chosen)) {
            return;
        }
        chosen = List.copyOf(rows);
        if (chosen.size() == 1) {
            onRow.accept(chosen.get(0));
        } else {
            onNothing.run();
        }
        refresh();
    }

    int chosenCount() {
        return chosen.size();
    }

    /** Asks again; called after each snapshot. */
    void refresh() {
        if (!shown.get() || chosen.size() != 1) {
            return;
        }
        onRow.accept(chosen.get(0));
        if (!asked) {
            asked = true;
            InfoHash hash = chosen.get(0).hash();
            feed.details(hash).thenAccept(details -> answer(hash, details));
        }
    }

    private void answer(InfoHash hash, Optional<TorrentDetails> details) {
        asked = false;
        if (chosen.size() != 1) {
            return;
        }
        if (chosen.get(0).hash().equals(hash)) {
            details.ifPresent(onDetails);
        } else {
            refresh();
        }
    }

    /** What can be done to the torrents. */
    TransfersViewModel torrents() {
        return torrents;
    }

    /** Whether the pane is open. */
    BooleanProperty shownProperty() {
        return shown;
    }
}
