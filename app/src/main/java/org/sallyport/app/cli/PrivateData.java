package org.sallyport.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.ScratchFolder;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.settings.SettingsFile;

/**
 * The data directory of a one-shot command that was given none: its own, so that it neither disturbs nor starts what is in the
 * user's library. It is named after what the command does, so that the same command after a crash finds its state and goes on.
 *
 * @param own true when it belongs to this command alone and goes away when the command is done
 */
record PrivateData(Path folder, boolean own) {
    private static final int NAME_BYTES = 8;
    /** In the data directory; the engine's own name for it. */
    private static final String SETTINGS = "settings.json";

    /** {@code --data}, or a folder for this verb on these torrents, this place and these file patterns. */
    static PrivateData of(Invocation invocation, String verb, List<AddSource> torrents, Path place, List<String> only) throws CommandFailedException {
        if (invocation.data().isPresent()) {
            return new PrivateData(invocation.data().get(), false);
        }
        return new PrivateData(Engine.defaultDataDirectory().resolve(verb).resolve(name(torrents, place, only)), true);
    }

    private static String name(List<AddSource> torrents, Path place, List<String> only) throws CommandFailedException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (AddSource torrent : torrents) {
                digest.update(nameOf(torrent).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            digest.update(place.toString().getBytes(StandardCharsets.UTF_8));
            for (String glob : only) {
                digest.update((byte) 0);
                digest.update(glob.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
        } catch (IOException e) {
            throw new CommandFailedException(Exit.FAILED, "The torrent file cannot be read. Check its permissions.", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String nameOf(AddSource torrent) throws IOException {
        if (torrent instanceof AddSource.MagnetLink magnet) {
            return magnet.text();
        }
        if (torrent instanceof AddSource.WebAddress web) {
            return web.url();
        }
        Path file = ((AddSource.MetainfoFile) torrent).path();
        return file.toRealPath().toString() + '\0' + Files.getLastModifiedTime(file).toMillis();
    }

    /** Before a start: what the user has chosen, such as to open no port at all, holds for a command with data of its own too. */
    void prepare(Terminal terminal) throws CommandFailedException {
        Path chosen = Engine.defaultDataDirectory().resolve(SETTINGS);
        if (!own || !Files.exists(chosen)) {
            return;
        }
        SettingsFile.Loaded loaded = SettingsFile.load(chosen);
        if (!loaded.problem().isEmpty()) {
            terminal.err(loaded.problem());
        }
        try {
            Files.createDirectories(folder, ownerOnly());
            SettingsFile.save(folder.resolve(SETTINGS), loaded.settings());
        } catch (IOException e) {
            throw new CommandFailedException(Exit.FAILED, "The folder " + folder
                    + " cannot be written. Check its permissions and the free space.", e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
                : new FileAttribute<?>[0];
    }

    /** The command is done and will not be gone on with. */
    void discard() {
        if (own) {
            ScratchFolder.delete(folder);
        }
    }
}
