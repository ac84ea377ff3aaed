package org.sallyport.ui.addtorrent;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.TorrentPreview;

/** Which files of a torrent are chosen, as far as it is known which there are. By 0-based index in the torrent. FX thread. */
final class WantedFiles {
    private final NameRule rule;
    private final BitSet wanted = new BitSet();
    /** What a link chooses (BEP 53); empty for everything. */
    private BitSet preselected = new BitSet();
    private NameChoice names = NameChoice.NONE;
    private long[] sizes = new long[0];

    /** @param rule what is done about risky names */
    WantedFiles(NameRule rule) {
        this.rule = rule;
    }

    /** Until the files are known. */
    void preselect(BitSet files) {
        preselected = files;
    }

    /** These there are. */
    void list(List<TorrentPreview.Entry> files) {
        BitSet all = new BitSet();
        sizes = new long[files.stream().mapToInt(TorrentPreview.Entry::index).max().orElse(-1) + 1];
        files.forEach(entry -> {
            sizes[entry.index()] = entry.sizeBytes();
            all.set(entry.index());
        });
        if (!preselected.intersects(all)) {
            preselected = new BitSet(); // it chooses files that are not there
        }
        names = new NameChoice(files, rule);
    }

    /** Chooses what suits the intent, and needs no question. */
    void suggest(Intent intent) {
        wanted.clear();
        wanted.or(names.suggested(intent));
        if (!preselected.isEmpty()) {
            wanted.and(preselected);
        }
    }

    void want(BitSet files, boolean value) {
        if (value) {
            wanted.or(files);
        } else {
            wanted.andNot(files);
        }
    }

    boolean has(int index) {
        return wanted.get(index);
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    long bytes() {
        return wanted.stream().mapToLong(index -> sizes[index]).sum();
    }

    /** What is left out and why; empty when nothing is. */
    String told(Intent intent) {
        return names.told(intent, wanted);
    }

    /** Those that the user has to agree to. */
    List<TorrentPreview.Entry> asked() {
        return names.asked(wanted);
    }

    /** As a request has it: empty stands for all, or for what the link chooses. */
    Set<Integer> asRequested(Intent intent) {
        boolean all = wanted.cardinality() == names.files().size() && preselected.isEmpty() && intent == Intent.ANYTHING;
        return all ? Set.of() : wanted.stream().boxed().collect(Collectors.toUnmodifiableSet());
    }
}
