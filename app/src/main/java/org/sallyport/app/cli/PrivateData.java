package org.sallyport.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.ScratchFolder;
import org.sallyport.core.engine.Engine;

/**
 * The data directory of a one-shot command that was given none: its own, so that it neither disturbs nor starts what is in the
 * user's library. It is named after what the command does, so that the same command after a crash finds its state and goes on.
 *
 * @param own true when it belongs to this command alone and goes away when the command is done
 */
record PrivateData(Path folder, boolean own) {
    private static final int NAME_BYTES = 8;

    /** {@code --data}, or a folder for this verb on these torrents, this place and these file patterns. */
    static PrivateData of(Invocation invocation, String verb, List<Path> torrents, Path place, List<String> only) throws CommandFailedException {
        if (invocation.data().isPresent()) {
            return new PrivateData(invocation.data().get(), false);
        }
        return new PrivateData(Engine.defaultDataDirectory().resolve(verb).resolve(name(torrents, place, only)), true);
    }

    private static String name(List<Path> torrents, Path place, List<String> only) throws CommandFailedException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path torrent : torrents) {
                digest.update(torrent.toRealPath().toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(Long.toString(Files.getLastModifiedTime(torrent).toMillis()).getBytes(StandardCharsets.UTF_8));
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

    /** The command is done and will not be gone on with. */
    void discard() {
        if (own) {
            ScratchFolder.delete(folder);
        }
    }
}
