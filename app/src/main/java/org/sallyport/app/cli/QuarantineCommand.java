package org.sallyport.app.cli;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.Findings;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "quarantine", description = "Files that are held because something is wrong with them, or nobody has looked at them.", subcommands = {
    QuarantineCommand.All.class, QuarantineCommand.Rescan.class, QuarantineCommand.Release.class, QuarantineCommand.Delete.class})
final class QuarantineCommand implements LibraryCommand {
    @Override
    public int run(CommandContext context) throws CommandFailedException {
        throw new CommandFailedException(Exit.USAGE, "What about the quarantine? Run 'sallyport quarantine --help' for the list.");
    }

    /** Names one held file. */
    static final class HeldArgument {
        @Parameters(index = "0", paramLabel = "ID", description = "as 'sallyport quarantine list' shows it")
        private String text = "";

        HeldFile in(CommandContext context) throws CommandFailedException {
            List<HeldFile> found = context.engine().snapshot().quarantine().held().stream()
                    .filter(held -> held.id().equals(text.strip().toLowerCase(Locale.ROOT))).toList();
            if (found.size() != 1) {
                throw new CommandFailedException(Exit.FAILED, "No file with the id '" + text + "' is held in quarantine. "
                        + "Run 'sallyport quarantine list'.");
            }
            return found.get(0);
        }
    }

    @Command(name = "list", description = "The files that are held, and why.")
    static final class All implements LibraryCommand {
        @Override
        public int run(CommandContext context) {
            List<HeldFile> held = context.engine().snapshot().quarantine().held();
            if (context.json()) {
                held.forEach(file -> context.json(shape(file)));
            } else if (held.isEmpty()) {
                context.out("Nothing is held in quarantine.");
            } else {
                TextTable table = new TextTable("ID", "VERDICT", "SINCE", ">SIZE", "FILE", "WHY");
                held.forEach(file -> table.row(file.id(), Words.plain(file.findings().verdict().kind()),
                        file.findings().at().truncatedTo(ChronoUnit.SECONDS).toString(), Amounts.size(file.sizeBytes()), file.path(),
                        file.findings().verdict().reason()));
                table.print(context::out);
            }
            return Exit.DONE;
        }
    }

    private static Map<String, Object> shape(HeldFile file) {
        return Json.object("id", file.id(), "hash", file.hash().hex(), "index", file.file(), "torrent", file.torrent(), "path", file.path(),
                "sizeBytes", file.sizeBytes(), "source", file.source(), "findings", findings(file.findings()));
    }

    static Map<String, Object> findings(Findings findings) {
        return Json.object("verdict", Words.camelCase(findings.verdict().kind()), "reason", findings.verdict().reason(), "sha256", findings.sha256(),
                "at", JsonShapes.time(findings.at()), "engine", findings.engine(),
                "definitions", JsonShapes.time(findings.definitions()));
    }

    private static Consumer<Verdict> tell(CommandContext context, HeldFile file, String what) {
        return verdict -> {
            if (context.json()) {
                context.json("id", file.id(), "path", file.path(), "verdict", Words.camelCase(verdict.kind()), "reason", verdict.reason());
            } else {
                context.out(what + " " + file.path() + ": " + Words.plain(verdict.kind())
                        + (verdict.reason().isEmpty() ? "" : ", " + verdict.reason()));
            }
        };
    }

    @Command(name = "rescan", description = "Looks at it again now; it is released or held by what is found. Exit code 3 if it stays.")
    static final class Rescan implements LibraryCommand {
        @Mixin
        private HeldArgument held = new HeldArgument();

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            HeldFile file = held.in(context);
            return context.reportAtLength(context.engine().quarantine().rescan(file.hash(), file.file()), tell(context, file, "Looked at"),
                    verdict -> verdict.kind() == Verdict.Kind.INFECTED || verdict.kind() == Verdict.Kind.SUSPICIOUS ? Exit.REFUSED : Exit.DONE);
        }
    }

    @Command(name = "release", description = "Lets it out, this once, whatever was found. For malware only with --despite-infection.")
    static final class Release implements LibraryCommand {
        @Mixin
        private HeldArgument held = new HeldArgument();

        @Option(names = "--despite-infection", description = "although the virus scanner found malware in it: it can harm this computer and others")
        private boolean insisted;

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            HeldFile file = held.in(context);
            return context.report(context.engine().quarantine().release(file.hash(), file.file(), insisted), tell(context, file, "Released"));
        }
    }

    @Command(name = "delete", description = "Deletes it for good, and does not download it again.")
    static final class Delete implements LibraryCommand {
        @Mixin
        private HeldArgument held = new HeldArgument();

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            HeldFile file = held.in(context);
            return context.report(context.engine().quarantine().delete(file.hash(), file.file()), tell(context, file, "Deleted"));
        }
    }
}
