package org.sallyport.core.swarm;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.FilePriority;

/** How much each piece of a torrent is wanted. A piece that several files share counts as much as the one that is wanted most. Immutable. */
public final class PiecePriorities {
    /** Besides those of files: what is wanted before all else, such as the ends of files. */
    static final byte AHEAD = (byte) FilePriority.values().length;
    static final int LEVELS = AHEAD + 1;

    private final byte[] levels;
    private final BitSet wanted = new BitSet();

    private PiecePriorities(byte[] levels) {
        this.levels = levels;
        for (int piece = 0; piece < levels.length; piece++) {
            wanted.set(piece, levels[piece] > FilePriority.SKIP.ordinal());
        }
    }

    /** These pieces are wanted, all alike. */
    public static PiecePriorities of(BitSet wanted, int pieceCount) {
        byte[] levels = new byte[pieceCount];
        wanted.stream().forEach(piece -> levels[piece] = (byte) FilePriority.NORMAL.ordinal());
        return new PiecePriorities(levels);
    }

    /**
     * @param files by 0-based index; who is not named is NORMAL
     * @param firstAndLast the first and last piece of each wanted file before all others
     */
    public static PiecePriorities of(Metainfo metainfo, Map<Integer, FilePriority> files, boolean firstAndLast) {
        return of(metainfo, files, firstAndLast, Set.of());
    }

    /** @param ahead indexes of files that come before all others, if they are wanted; otherwise as above */
    public static PiecePriorities of(Metainfo metainfo, Map<Integer, FilePriority> files, boolean firstAndLast, Set<Integer> ahead) {
        byte[] levels = new byte[metainfo.pieceCount()];
        List<FileEntry> entries = metainfo.files();
        for (int index = 0; index < entries.size(); index++) {
            FileEntry file = entries.get(index);
            byte level = (byte) files.getOrDefault(index, FilePriority.NORMAL).ordinal();
            if (!file.pad() && file.size() > 0 && level > FilePriority.SKIP.ordinal()) {
                int first = (int) (file.offset() / metainfo.pieceLength());
                int last = (int) ((file.offset() + file.size() - 1) / metainfo.pieceLength());
                raise(levels, first, last, ahead.contains(index) ? AHEAD : level);
                if (firstAndLast) {
                    levels[first] = AHEAD;
                    levels[last] = AHEAD;
                }
            }
        }
        return new PiecePriorities(levels);
    }

    private static void raise(byte[] levels, int first, int last, byte level) {
        for (int piece = first; piece <= last; piece++) {
            levels[piece] = (byte) Math.max(levels[piece], level);
        }
    }

    /** Pieces of which any byte is wanted; a copy. */
    public BitSet wanted() {
        return (BitSet) wanted.clone();
    }

    /** 0: not wanted; the higher, the sooner; below {@link #LEVELS}. */
    int level(int piece) {
        return levels[piece];
    }

    int pieceCount() {
        return levels.length;
    }

    @Override
    public String toString() {
        int[] counts = new int[LEVELS];
        for (byte level : levels) {
            counts[level]++;
        }
        return "pieces by priority " + Arrays.toString(counts);
    }
}
