package org.sallyport.core.model;

import java.time.Instant;
import java.util.List;

/**
 * What a .torrent says of itself, checked and made safe to show: the Add dialog and {@code inspect}.
 *
 * @param name       safe name of the file or folder
 * @param files      in torrent order, padding left out
 * @param pieceLength bytes; @param pieceCount number of piece hashes
 * @param comment    empty when there is none; likewise @param createdBy
 * @param createdAt  {@link Instant#EPOCH} when not given
 * @param tiers      tracker URLs by tier (BEP 12); @param webSeeds URLs (BEP 19)
 * @param notes      what a careful person should know: names that were changed, odd parts that are ignored; whole sentences
 * @param author     who made it; {@link Authorship#NONE} also where nobody looked
 */
public record TorrentPreview(
        InfoHash hash, String name, boolean hybrid, boolean privateTorrent, boolean singleFile,
        List<Entry> files, long totalBytes, int pieceLength, int pieceCount,
        String comment, String createdBy, Instant createdAt,
        List<List<String>> tiers, List<String> webSeeds, List<String> notes, Authorship author) {

    /** @param index 0-based file index in the torrent @param path as in {@link FileSnapshot#path()} @param flags in the order of {@link NameFlag} */
    public record Entry(int index, String path, long sizeBytes, List<NameFlag> flags) {
        public Entry {
            flags = List.copyOf(flags);
        }

        /** One whose name was not looked at, or is an honest one. */
        public Entry(int index, String path, long sizeBytes) {
            this(index, path, sizeBytes, List.of());
        }
    }

    public TorrentPreview {
        files = List.copyOf(files);
        tiers = tiers.stream().map(List::copyOf).toList();
        webSeeds = List.copyOf(webSeeds);
        notes = List.copyOf(notes);
    }

    /** Nobody looked who made it. */
    public TorrentPreview(
            InfoHash hash, String name, boolean hybrid, boolean privateTorrent, boolean singleFile,
            List<Entry> files, long totalBytes, int pieceLength, int pieceCount,
            String comment, String createdBy, Instant createdAt,
            List<List<String>> tiers, List<String> webSeeds, List<String> notes) {
        this(hash, name, hybrid, privateTorrent, singleFile, files, totalBytes, pieceLength, pieceCount, comment, createdBy, createdAt,
                tiers, webSeeds, notes, Authorship.NONE);
    }

    public TorrentPreview withAuthor(Authorship value) {
        return new TorrentPreview(hash, name, hybrid, privateTorrent, singleFile, files, totalBytes, pieceLength, pieceCount, comment, createdBy,
                createdAt, tiers, webSeeds, notes, value);
    }

    /** The same with flags for its files. @param flags by file index in the torrent, padding included */
    public TorrentPreview withFlags(List<List<NameFlag>> flags) {
        List<Entry> flagged = files.stream().map(file -> new Entry(file.index(), file.path(), file.sizeBytes(), flags.get(file.index()))).toList();
        return new TorrentPreview(hash, name, hybrid, privateTorrent, singleFile, flagged, totalBytes, pieceLength, pieceCount, comment,
                createdBy, createdAt,
                tiers, webSeeds, notes, author);
    }
}
