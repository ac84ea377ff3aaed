package org.sallyport.ui.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.stage.Window;
import org.sallyport.ui.dialog.Desktop;
import org.sallyport.ui.dialog.FilePicker;

/** A desktop that answers its file dialogs as told, and notes which folders were opened. */
public final class TestDesktop implements FilePicker {
    private final List<Path> opened = new CopyOnWriteArrayList<>();
    private final List<Path> openedFiles = new CopyOnWriteArrayList<>();
    private volatile List<Path> torrents = List.of();
    private volatile Optional<Path> answer = Optional.empty();

    public Desktop desktop(Duration undoTime) {
        return new Desktop(this, opened::add, openedFiles::add, undoTime);
    }

    /** The next torrent dialogs are answered with these files. */
    public void chooseTorrents(Path... files) {
        torrents = List.of(files);
    }

    /** All other dialogs are answered with this. */
    public void choose(Path path) {
        answer = Optional.of(path);
    }

    public List<Path> openedFiles() {
        return openedFiles;
    }

    public List<Path> openedFolders() {
        return opened;
    }

    @Override
    public List<Path> torrentFiles(Window owner) {
        return torrents;
    }

    @Override
    public Optional<Path> folder(Window owner, Path start) {
        return answer;
    }

    @Override
    public Optional<Path> anyFile(Window owner, Path start) {
        return answer;
    }

    @Override
    public Optional<Path> newTorrentFile(Window owner, Path suggestion) {
        return answer;
    }
}
