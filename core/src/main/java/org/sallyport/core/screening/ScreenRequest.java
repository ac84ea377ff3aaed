package org.sallyport.core.screening;

import java.nio.file.Path;
import org.sallyport.core.model.Intent;

/**
 * One finished file to look at.
 *
 * @param file        where the bytes are now
 * @param torrentPath its safe relative path in the torrent, with {@code /} between folders; its last part is the name that people will see
 * @param intent      what it was fetched for: content of another type is suspicious
 */
public record ScreenRequest(Path file, String torrentPath, Intent intent) {

    /** One that may turn out to be anything. */
    public ScreenRequest(Path file, String torrentPath) {
        this(file, torrentPath, Intent.ANYTHING);
    }

    /** The last part of {@link #torrentPath}. */
    public String name() {
        return torrentPath.substring(torrentPath.lastIndexOf('/') + 1);
    }
}
