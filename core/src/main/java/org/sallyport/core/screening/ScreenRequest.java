package org.sallyport.core.screening;

import java.nio.file.Path;

/**
 * One finished file to look at.
 *
 * @param file        where the bytes are now
 * @param torrentPath its safe relative path in the torrent, with {@code /} between folders; its last part is the name that people will see
 */
public record ScreenRequest(Path file, String torrentPath) {

    /** The last part of {@link #torrentPath}. */
    public String name() {
        return torrentPath.substring(torrentPath.lastIndexOf('/') + 1);
    }
}
