package org.sallyport.core.engine;

import java.nio.file.Path;
import java.time.Instant;
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
 * @param publisher  id or name of an own publisher who signs it; empty for unsigned
 * @param expires    until when the signature holds; {@link Instant#MAX} for ever
 */
public record CreateRequest(
        Path source, Path target, int pieceLength, List<List<String>> tiers, List<String> webSeeds,
        boolean privateTorrent, String comment, String publisher, Instant expires) {
    public CreateRequest {
        tiers = tiers.stream().map(List::copyOf).toList();
        webSeeds = List.copyOf(webSeeds);
    }

    /** Unsigned. */
    public CreateRequest(Path source, Path target, int pieceLength, List<List<String>> tiers, List<String> webSeeds, boolean privateTorrent,
            String comment) {
        this(source, target, pieceLength, tiers, webSeeds, privateTorrent, comment, "", Instant.MAX);
    }

    public CreateRequest signedBy(String publisherIdOrName, Instant until) {
        return new CreateRequest(source, target, pieceLength, tiers, webSeeds, privateTorrent, comment, publisherIdOrName, until);
    }
}
