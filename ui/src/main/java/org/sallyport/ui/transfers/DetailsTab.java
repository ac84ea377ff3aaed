package org.sallyport.ui.transfers;

import javafx.scene.Node;
import org.sallyport.core.model.TorrentDetails;

/** One tab of the details pane. */
interface DetailsTab {
    Node root();

    /** A new state of the chosen row. */
    default void show(TransferRow row) { }

    /** New details of the chosen torrent; another torrent than before is possible. */
    void show(TorrentDetails details);

    /** Nothing is chosen. */
    void clear();
}
