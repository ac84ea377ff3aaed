package org.sallyport.core.engine;

import java.util.BitSet;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.persist.SavedProgress;
import org.sallyport.core.swarm.RateMeter;
import org.sallyport.core.wire.Bitfield;

/** What of a torrent is verified and wanted, and how much has moved. Network thread only. */
final class TorrentProgress {
    private final Metainfo metainfo;
    private final BitSet have;
    private BitSet synced;
    private final BitSet wanted = new BitSet();
    private final long downloadedBefore;
    private final long uploadedBefore;
    private final RateMeter down = new RateMeter();
    private final RateMeter up = new RateMeter();
    private boolean unsaved;
    private long savedTotals;
    private int version;
    private int completeVersion = -1;
    private boolean complete;

    TorrentProgress(Metainfo metainfo, SavedProgress saved) {
        this.metainfo = metainfo;
        have = bits(saved.verified(), metainfo.pieceCount());
        synced = bits(saved.synced(), metainfo.pieceCount());
        synced.and(have);
        downloadedBefore = saved.downloadedBytes();
        uploadedBefore = saved.uploadedBytes();
        savedTotals = downloadedBefore + uploadedBefore;
    }

    /** Of a torrent that was made of the files just now. */
    static SavedProgress whole(Metainfo metainfo) {
        BitSet all = new BitSet();
        all.set(0, metainfo.pieceCount());
        Bytes bits = Bytes.copyOf(Bitfield.encode(all, metainfo.pieceCount()));
        return new SavedProgress(metainfo.hash(), bits, bits, 0, 0);
    }

    BitSet have() {
        return have;
    }

    BitSet wanted() {
        return wanted;
    }

    RateMeter down() {
        return down;
    }

    RateMeter up() {
        return up;
    }

    long downloadedBytes() {
        return downloadedBefore + down.total();
    }

    long uploadedBytes() {
        return uploadedBefore + up.total();
    }

    /** Selects files: every piece that holds a byte of one of them is wanted. */
    void want(Iterable<FileEntry> files) {
        wanted.clear();
        for (FileEntry file : files) {
            if (file.size() > 0) {
                wanted.set(first(file), last(file) + 1);
            }
        }
        version++;
    }

    int first(FileEntry file) {
        return (int) (file.offset() / metainfo.pieceLength());
    }

    int last(FileEntry file) {
        return (int) ((file.offset() + file.size() - 1) / metainfo.pieceLength());
    }

    boolean hasAllOf(FileEntry file) {
        return file.size() == 0 || have.nextClearBit(first(file)) > last(file);
    }

    /** Looked at again only when that changes: it is asked several times a second of each torrent. */
    boolean complete() {
        if (completeVersion != version) {
            completeVersion = version;
            int piece = wanted.nextSetBit(0);
            while (piece >= 0 && have.get(piece)) {
                piece = wanted.nextSetBit(piece + 1);
            }
            complete = piece < 0;
        }
        return complete;
    }

    /** Bytes of wanted pieces not verified yet. */
    long missingBytes() {
        BitSet missing = (BitSet) wanted.clone();
        missing.andNot(have);
        long bytes = (long) missing.cardinality() * metainfo.pieceLength();
        int last = metainfo.pieceCount() - 1;
        return missing.get(last) ? bytes - metainfo.pieceLength() + metainfo.pieceBytes(last) : bytes;
    }

    long verifiedBytesOf(FileEntry file) {
        if (file.size() == 0) {
            return 0;
        }
        long bytes = 0;
        for (int p = have.nextSetBit(first(file)); p >= 0 && p <= last(file); p = have.nextSetBit(p + 1)) {
            long start = Math.max(file.offset(), (long) p * metainfo.pieceLength());
            long end = Math.min(file.offset() + file.size(), (long) p * metainfo.pieceLength() + metainfo.pieceBytes(p));
            bytes += end - start;
        }
        return bytes;
    }

    void verified() {
        unsaved = true;
        version++;
    }

    /** Changes whenever what is verified or wanted changes. */
    int version() {
        return version;
    }

    /** Replaces what is known by what a check found among {@code checked}. */
    void checked(BitSet checked, BitSet good) {
        have.andNot(checked);
        have.or(good);
        synced = (BitSet) have.clone(); // read back from disk
        unsaved = true;
        version++;
    }

    /** A file is gone for good: pieces that lie in it alone are not here any more. What others share with it stays known, and cannot be read. */
    void lose(FileEntry file) {
        if (file.size() == 0) {
            return;
        }
        BitSet inside = new BitSet();
        for (int piece = first(file); piece <= last(file); piece++) {
            long start = (long) piece * metainfo.pieceLength();
            if (start >= file.offset() && start + metainfo.pieceBytes(piece) <= file.offset() + file.size()) {
                inside.set(piece);
            }
        }
        checked(inside, new BitSet());
    }

    /** Verified but perhaps not on the medium when the last run ended. */
    BitSet unsynced() {
        BitSet window = (BitSet) have.clone();
        window.andNot(synced);
        return window;
    }

    void synced(BitSet pieces) {
        pieces.and(have);
        synced = pieces;
        unsaved = true;
    }

    /** What counts as shared once: what was downloaded, or its size if nothing was ({@code TorrentSnapshot.ratio}). */
    long shareBase() {
        return downloadedBytes() > 0 ? downloadedBytes() : metainfo.totalBytes();
    }

    /** Whether there is something new to save since the last call. */
    boolean takeUnsaved() {
        long now = downloadedBytes() + uploadedBytes();
        boolean news = unsaved || now != savedTotals;
        if (news) {
            unsaved = false;
            savedTotals = now;
        }
        return news;
    }

    SavedProgress toSave() {
        return new SavedProgress(metainfo.hash(), bytes(have), bytes(synced), downloadedBytes(), uploadedBytes());
    }

    private Bytes bytes(BitSet set) {
        return Bytes.copyOf(Bitfield.encode(set, metainfo.pieceCount()));
    }

    /** @param pieces the database may hold more bits than the torrent has pieces: those are dropped */
    private static BitSet bits(Bytes saved, int pieces) {
        BitSet set = Bitfield.decode(saved.toArray());
        set.clear(pieces, Math.max(pieces, set.length()));
        return set;
    }
}
