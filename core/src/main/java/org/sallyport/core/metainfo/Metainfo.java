package org.sallyport.core.metainfo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;

/** A checked torrent: everything {@link MetainfoReader} promises holds. Immutable, any thread. */
public final class Metainfo {
    static final int HASH_BYTES = 20;

    private final TorrentPreview preview;
    private final Layout layout;
    private final byte[] file;

    /**
     * @param totalBytes with padding; the offsets point into the file: the info dictionary and the first piece hash
     * @param sources    web servers; @param nodes of the DHT
     */
    record Layout(List<FileEntry> files, long totalBytes, int infoStart, int infoEnd, int piecesStart, List<WebSeed> sources, List<String> nodes,
            Signatures signatures) { }

    Metainfo(TorrentPreview preview, Layout layout, byte[] file) {
        this.preview = preview;
        this.layout = layout;
        this.file = file;
    }

    public InfoHash hash() {
        return preview.hash();
    }

    /** Safe name of the file or folder. */
    public String name() {
        return preview.name();
    }

    /** One file beside others, not a folder; a folder may have one file, too. */
    public boolean singleFile() {
        return preview.singleFile();
    }

    /** All files laid end to end, padding included; 1..16 TiB. {@link TorrentPreview#totalBytes()} leaves padding out. */
    public long totalBytes() {
        return layout.totalBytes();
    }

    /** Bytes of every piece but the last: a multiple of 16 KiB, at most 64 MiB. */
    public int pieceLength() {
        return preview.pieceLength();
    }

    public int pieceCount() {
        return preview.pieceCount();
    }

    /** @param piece 0-based, {@code < pieceCount()} @return bytes of that piece; the last may be short */
    public int pieceBytes(int piece) {
        Objects.checkIndex(piece, pieceCount());
        return (int) Math.min(pieceLength(), totalBytes() - (long) piece * pieceLength());
    }

    /** @param piece 0-based, {@code < pieceCount()} @param into20 receives the SHA-1 in its first 20 bytes */
    public void copyPieceHash(int piece, byte[] into20) {
        System.arraycopy(file, hashStart(piece), into20, 0, HASH_BYTES);
    }

    /** @param piece 0-based, {@code < pieceCount()} @param digest SHA-1 of the bytes received, 20 bytes */
    public boolean matches(int piece, byte[] digest) {
        int start = hashStart(piece);
        return Arrays.equals(file, start, start + HASH_BYTES, digest, 0, digest.length);
    }

    /** All files in torrent order, padding included. */
    public List<FileEntry> files() {
        return layout.files();
    }

    /** Peers only from its trackers (BEP 27). */
    public boolean privateTorrent() {
        return preview.privateTorrent();
    }

    /** It has a version 2 part (BEP 52) as well, which is not used. */
    public boolean hybrid() {
        return preview.hybrid();
    }

    /** Tracker URLs by tier (BEP 12): http, https or udp with a host; at most 50 in all. */
    public List<List<String>> tiers() {
        return preview.tiers();
    }

    /** Web servers that have it (BEP 19, BEP 17): http or https with a host; at most 50 of each kind. */
    public List<WebSeed> webSeeds() {
        return layout.sources();
    }

    /**
     * The name and path of each file as the torrent writes them, by index, not safe to show or to use as a path: for the addresses of web
     * servers. Reads them again on each call.
     */
    public List<List<String>> rawPaths() {
        try {
            return FileList.rawPaths(Bencode.decodeDict(infoBytes(), BencodeLimits.TORRENT));
        } catch (RefusedException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    /** Nodes of the DHT to begin with (BEP 5), as host:port with a name or a literal address; at most 8. */
    public List<String> nodes() {
        return layout.nodes();
    }

    /** Safe to show, may have several lines; empty when there is none. */
    public String comment() {
        return preview.comment();
    }

    /** Safe to show; empty when not given. */
    public String createdBy() {
        return preview.createdBy();
    }

    /** {@link Instant#EPOCH} when not given. */
    public Instant createdAt() {
        return preview.createdAt();
    }

    /** What a careful person should know, in whole sentences. */
    public List<String> notes() {
        return preview.notes();
    }

    /** Who signed it (BEP 35), not verified. */
    public Signatures signatures() {
        return layout.signatures();
    }

    /** The raw info dictionary, whose SHA-1 is the info-hash; a fresh copy. */
    public byte[] infoBytes() {
        return Arrays.copyOfRange(file, layout.infoStart(), layout.infoEnd());
    }

    /** How long {@link #infoBytes} is. */
    public int infoLength() {
        return layout.infoEnd() - layout.infoStart();
    }

    /** Part of {@link #infoBytes}. @param from offset in it @param to {@code from <= to <= infoLength()} */
    public byte[] infoBytes(int from, int to) {
        Objects.checkFromToIndex(from, to, infoLength());
        return Arrays.copyOfRange(file, layout.infoStart() + from, layout.infoStart() + to);
    }

    /** The whole .torrent file as it was read; a fresh copy. */
    public byte[] fileBytes() {
        return file.clone();
    }

    public TorrentPreview preview() {
        return preview;
    }

    /** This torrent with more to say about how it was made. */
    Metainfo withNotes(List<String> more) {
        List<String> notes = new ArrayList<>(preview.notes());
        notes.addAll(more);
        TorrentPreview p = preview;
        return new Metainfo(new TorrentPreview(p.hash(), p.name(), p.hybrid(), p.privateTorrent(), p.singleFile(), p.files(), p.totalBytes(),
                p.pieceLength(), p.pieceCount(), p.comment(), p.createdBy(), p.createdAt(), p.tiers(), p.webSeeds(), notes, p.author()),
                        layout, file);
    }

    /** Name-free, so safe to log. */
    @Override
    public String toString() {
        return "torrent " + hash().shortHex();
    }

    private int hashStart(int piece) {
        return layout.piecesStart() + Objects.checkIndex(piece, pieceCount()) * HASH_BYTES;
    }
}
