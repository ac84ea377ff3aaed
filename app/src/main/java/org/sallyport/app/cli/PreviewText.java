package org.sallyport.app.cli;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.TorrentPreview;

/** What a .torrent says of itself, for a person. */
final class PreviewText {
    private PreviewText() { }

    static String line(String label, String value) {
        return String.format("%-10s %s", label, value);
    }

    static void print(TorrentPreview p, Consumer<String> out) {
        out.accept(line("Name", p.name()));
        out.accept(line("Info-hash", p.hash().hex() + (p.hybrid() ? " (version 1 of a hybrid)" : "")));
        if (p.pieceCount() > 0) {
            contents(p, out);
        } else {
            out.accept(line("Files", "not known: a magnet link does not say; --fetch asks others"));
        }
        if (p.pieceCount() > 0) {
            out.accept(line("Author", p.author().sentence()));
            if (!p.author().fingerprint().isEmpty()) {
                out.accept(line("Key", p.author().fingerprint()));
            }
        }
        if (!p.comment().isEmpty()) {
            out.accept(line("Comment", p.comment()));
        }
        if (!p.createdBy().isEmpty() || !p.createdAt().equals(Instant.EPOCH)) {
            out.accept(line("Made", (p.createdAt().equals(Instant.EPOCH) ? "" : p.createdAt() + " ")
                    + (p.createdBy().isEmpty() ? "" : "by " + p.createdBy())));
        }
        for (int tier = 0; tier < p.tiers().size(); tier++) {
            out.accept(line(tier == 0 ? "Trackers" : "", "tier " + (tier + 1) + ": " + String.join(", ", p.tiers().get(tier))));
        }
        list("Web seeds", p.webSeeds(), out);
        list("Notes", p.notes(), out);
        if (p.pieceCount() > 0) {
            TextTable files = new TextTable("FILE", ">SIZE", "NAME", "PATH");
            p.files().forEach(f -> files.row(Integer.toString(f.index()), Amounts.size(f.sizeBytes()), flags(f.flags()), f.path()));
            files.print(out);
            risks(p, out);
        }
    }

    /** A few words on a file's name. */
    static String flags(List<NameFlag> flags) {
        return flags.isEmpty() ? "-" : flags.stream().map(NameFlag::words).collect(Collectors.joining(", "));
    }

    /** What each kind of risk means, once. */
    private static void risks(TorrentPreview p, Consumer<String> out) {
        Set<NameFlag> there = new TreeSet<>();
        p.files().forEach(file -> there.addAll(file.flags()));
        List<String> sentences = there.stream().filter(flag -> flag.risk() != NameFlag.Risk.NOTICE)
                .map(flag -> flag.words() + ": " + flag.sentence()).toList();
        list("Risks", sentences, out);
    }

    private static void contents(TorrentPreview p, Consumer<String> out) {
        out.accept(line("Size", Amounts.size(p.totalBytes()) + " (" + p.totalBytes() + " bytes) in " + p.files().size()
                + (p.files().size() == 1 ? " file" : " files")));
        out.accept(line("Pieces", p.pieceCount() + " of " + (p.pieceLength() >> 10) + " KiB"));
        out.accept(line("Private", p.privateTorrent() ? "yes: only its own trackers may give addresses" : "no"));
    }

    private static void list(String label, List<String> values, Consumer<String> out) {
        for (int i = 0; i < values.size(); i++) {
            out.accept(line(i == 0 ? label : "", values.get(i)));
        }
    }
}
