package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.List;

/**
 * A torrent to make.
 *
 * @param source      file or folder
 * @param target      the .torrent file to write; an existing one is replaced
 * @param pieceLength bytes, a power of two from 16 KiB to 64 MiB; 0 chooses by size
 * @param tiers       tracker URLs by tier (BEP 12); may be empty
 * @param webSeeds    URLs (BEP 19); may be empty
 * @param comment     empty for none
 */
public record CreateRequest(
        Path source, Path target, int pieceLength, List<List<String>> tiers, List<String> webSeeds,
        boolean privateTorrent, String comment) {
    public CreateRequest {
        tiers = tiers.stream().map(List::copyOf).toList();
        webSeeds = List.copyOf(webSeeds);
    }
}
