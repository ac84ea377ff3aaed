package org.sallyport.ui.addtorrent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.ui.control.IntentWords;
import org.sallyport.ui.i18n.Messages;

/**
 * Which files of a torrent are chosen to begin with, by what it is added for and what their names give away; and what is said about the others.
 *
 * @param files of the torrent @param rule what is done about risky names
 */
record NameChoice(List<TorrentPreview.Entry> files, NameRule rule) {
    static final NameChoice NONE = new NameChoice(List.of(), NameRule.ASK);

    /** By index in the torrent: what belongs to the intent and needs no question. */
    BitSet suggested(Intent intent) {
        BitSet chosen = new BitSet();
        files.stream().filter(file -> belongs(file, intent) && !isRisky(file)).forEach(file -> chosen.set(file.index()));
        return chosen;
    }

    /** Chosen files that the user has to agree to. */
    List<TorrentPreview.Entry> asked(BitSet chosen) {
        return files.stream().filter(file -> chosen.get(file.index()) && rule.asks(risk(file))).toList();
    }

    private boolean isRisky(TorrentPreview.Entry file) {
        return rule.asks(risk(file)) || rule.blocks(risk(file));
    }

    private static NameFlag.Risk risk(TorrentPreview.Entry file) {
        return NameFlag.gravest(file.flags()).map(NameFlag::risk).orElse(NameFlag.Risk.NOTICE);
    }

    private static boolean belongs(TorrentPreview.Entry file, Intent intent) {
        return intent.includes(file.path());
    }

    /** Why a file is not chosen by itself besides its name, in a few words; empty when it is. */
    static String notFor(FileNode file, Intent intent) {
        return file.isFolder() || intent.includes(file.path()) ? "" : Messages.text("add.names.notFor", IntentWords.of(intent));
    }

    /** What is left out and why, and what is chosen in spite of its name. */
    String told(Intent intent, BitSet chosen) {
        List<TorrentPreview.Entry> out = new ArrayList<>();
        List<TorrentPreview.Entry> in = new ArrayList<>();
        int others = 0;
        for (TorrentPreview.Entry file : files) {
            if (isRisky(file)) {
                (chosen.get(file.index()) ? in : out).add(file);
            } else if (!chosen.get(file.index()) && !belongs(file, intent)) {
                others++;
            }
        }
        List<String> told = new ArrayList<>();
        if (!in.isEmpty()) {
            told.add(Messages.text("add.names.in", count(in.size()), kinds(in)));
        }
        if (!out.isEmpty()) {
            told.add(Messages.text("add.names.out", count(out.size()), kinds(out)));
        }
        if (others > 0) {
            told.add(Messages.text("add.names.intent", count(others), IntentWords.of(intent)));
        }
        return String.join(" ", told);
    }

    static String count(int files) {
        return files == 1 ? Messages.text("add.names.one") : Messages.text("add.names.some", Integer.toString(files));
    }

    private static String kinds(List<TorrentPreview.Entry> risky) {
        return risky.stream().flatMap(file -> NameFlag.gravest(file.flags()).stream()).distinct().sorted().map(NameFlag::words)
                .collect(Collectors.joining(", "));
    }
}
