package org.sallyport.core.metainfo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A torrent to write.
 *
 * @param source      file or folder, not a link
 * @param target      the .torrent file; an existing one is replaced, its folder must exist
 * @param pieceLength bytes, a power of two from 16 KiB to 64 MiB; 0 chooses by size
 * @param tiers       tracker URLs by tier (BEP 12); may be empty
 * @param webSeeds    URLs (BEP 19); may be empty
 * @param comment     empty for none
 * @param createdBy   empty for none
 * @param createdAt   {@link Instant#EPOCH} leaves it out; so the same source gives the same bytes
 */
public record AuthorRequest(
        Path source, Path target, int pieceLength, List<List<String>> tiers, List<String> webSeeds,
        boolean privateTorrent, String comment, String createdBy, Instant createdAt) {

    public static final String CREATED_BY = "Sallyport";

    public AuthorRequest {
        tiers = tiers.stream().map(List::copyOf).toList();
        webSeeds = List.copyOf(webSeeds);
    }

    /** Piece length by size, no trackers, public, no comment, created by Sallyport at no given time. */
    public static AuthorRequest of(Path source, Path target) {
        return new AuthorRequest(source, target, 0, List.of(), List.of(), false, "", CREATED_BY, Instant.EPOCH);
    }

    public AuthorRequest withPieceLength(int value) {
        return new AuthorRequest(source, target, value, tiers, webSeeds, privateTorrent, comment, createdBy, createdAt);
    }

    public AuthorRequest withTiers(List<List<String>> value) {
        return new AuthorRequest(source, target, pieceLength, value, webSeeds, privateTorrent, comment, createdBy, createdAt);
    }

    public AuthorRequest withWebSeeds(List<String> value) {
        return new AuthorRequest(source, target, pieceLength, tiers, value, privateTorrent, comment, createdBy, createdAt);
    }

    public AuthorRequest withPrivateTorrent(boolean value) {
        return new AuthorRequest(source, target, pieceLength, tiers, webSeeds, value, comment, createdBy, createdAt);
    }

    public AuthorRequest withComment(String value) {
        return new AuthorRequest(source, target, pieceLength, tiers, webSeeds, privateTorrent, value, createdBy, createdAt);
    }

    public AuthorRequest withCreatedAt(Instant value) {
        return new AuthorRequest(source, target, pieceLength, tiers, webSeeds, privateTorrent, comment, createdBy, value);
    }
}
