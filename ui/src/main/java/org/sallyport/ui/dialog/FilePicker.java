package org.sallyport.ui.dialog;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.Window;

/** Asks the user for files and folders. Empty answers mean "cancelled". FX thread. */
public interface FilePicker {
    List<Path> torrentFiles(Window owner);

    Optional<Path> folder(Window owner, Path start);

    /** A file to make a torrent of. */
    Optional<Path> anyFile(Window owner, Path start);

    /** Where to write a .torrent file. @param suggestion folder and name to begin with */
    Optional<Path> newTorrentFile(Window owner, Path suggestion);
}
