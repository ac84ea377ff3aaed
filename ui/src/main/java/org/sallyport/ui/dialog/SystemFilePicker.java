package org.sallyport.ui.dialog;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.sallyport.ui.i18n.Messages;

/** The desktop's own file dialogs. */
public final class SystemFilePicker implements FilePicker {

    @Override
    public List<Path> torrentFiles(Window owner) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text("picker.torrents"));
        chooser.getExtensionFilters().setAll(torrents(), new ExtensionFilter(Messages.text("picker.filter.all"), "*"));
        List<File> chosen = chooser.showOpenMultipleDialog(owner);
        return chosen == null ? List.of() : chosen.stream().map(File::toPath).toList();
    }

    @Override
    public Optional<Path> folder(Window owner, Path start) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(Messages.text("picker.folder"));
        startFolder(start).ifPresent(chooser::setInitialDirectory);
        return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
    }

    @Override
    public Optional<Path> anyFile(Window owner, Path start) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text("picker.file"));
        startFolder(start).ifPresent(chooser::setInitialDirectory);
        return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::toPath);
    }

    @Override
    public Optional<Path> newTorrentFile(Window owner, Path suggestion) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text("picker.save"));
        chooser.getExtensionFilters().setAll(torrents());
        Path parent = suggestion.getParent();
        if (parent != null) {
            startFolder(parent).ifPresent(chooser::setInitialDirectory);
        }
        chooser.setInitialFileName(suggestion.getFileName().toString());
        return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
    }

    private static ExtensionFilter torrents() {
        return new ExtensionFilter(Messages.text("picker.filter.torrents"), "*.torrent");
    }

    /** JavaFX refuses to open at a folder that is not there. */
    private static Optional<File> startFolder(Path wanted) {
        for (Path folder = wanted.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder)) {
                return Optional.of(folder.toFile());
            }
        }
        return Optional.empty();
    }
}
