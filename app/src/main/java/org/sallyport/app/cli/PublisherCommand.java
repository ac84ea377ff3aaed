package org.sallyport.app.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.engine.Publishers;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PublisherSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "publisher", description = {
    "Whose signatures on torrents are believed, and in whose name torrents can be signed here.",
    "Works with the list of the data directory, whether Sallyport runs or not."}, subcommands = {
    PublisherCommand.Create.class, PublisherCommand.Add.class, PublisherCommand.All.class, PublisherCommand.Remove.class,
    PublisherCommand.Export.class, PublisherCommand.Reset.class})
final class PublisherCommand {
    /** Making an RSA key takes seconds, on a busy machine more. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Asks the engine and tells what came of it. */
    private static <T> int run(Invocation invocation, Function<Publishers, CompletableFuture<Outcome<T>>> asked, Consumer<T> told)
            throws CommandFailedException {
        try (ScratchEngine scratch = ScratchEngine.start(invocation)) {
            return new Answers(invocation.terminal(), invocation.json())
                    .report(CommandContext.await(asked.apply(scratch.engine().publishers()), PATIENCE), told);
        }
    }

    private static Consumer<PublisherSnapshot> tell(Invocation invocation, String what) {
        return publisher -> invocation.terminal().out(invocation.json() ? Json.write(shape(publisher))
                : what + " " + publisher.id() + " (" + publisher.name() + "), key " + publisher.shortFingerprint());
    }

    static Map<String, Object> shape(PublisherSnapshot p) {
        return Json.object("id", p.id(), "name", p.name(), "fingerprint", p.fingerprint(), "key", Words.camelCase(p.key()), "own", p.own(),
                "addedAt", p.addedAt().toString());
    }

    @Command(name = "create", description = "Makes a key to sign torrents with; 'create --sign NAME' uses it.")
    static final class Create implements ForegroundCommand {
        @Parameters(paramLabel = "NAME", description = "what people call it, such as 'Example Press'")
        private String name = "";

        @Option(names = "--id", paramLabel = "ID",
                description = "what it is called in torrents, such as org.example.press (default: made of the name)")
        private String id = "";

        @Option(names = "--key", paramLabel = "rsa|ed25519", description = "kind of key (default: rsa, which other programs may read)")
        private PublisherSnapshot.Key key = PublisherSnapshot.Key.RSA;

        @Override
        public int run(Invocation invocation) throws CommandFailedException {
            return PublisherCommand.run(invocation, publishers -> publishers.create(name, id, key), tell(invocation, "Made"));
        }
    }

    @Command(name = "add", description = "Believes somebody's signatures from now on. Be sure that the file comes from whom you think.")
    static final class Add implements ForegroundCommand {
        @Parameters(paramLabel = "FILE", description = "a certificate, an exported key, a minisign public key, or a signed .torrent")
        private Path file = Path.of("");

        @Option(names = "--name", paramLabel = "NAME", description = "what to call it (default: what it calls itself)")
        private String name = "";

        @Override
        public int run(Invocation invocation) throws CommandFailedException {
            return PublisherCommand.run(invocation, publishers -> publishers.add(invocation.resolve(file), name), tell(invocation, "Added"));
        }
    }

    @Command(name = "list", description = "The publishers that are known, own ones first.")
    static final class All implements ForegroundCommand {
        @Override
        public int run(Invocation invocation) throws CommandFailedException {
            return PublisherCommand.run(invocation, Publishers::list, all -> print(invocation, all));
        }

        private static void print(Invocation invocation, List<PublisherSnapshot> all) {
            if (invocation.json()) {
                all.forEach(publisher -> invocation.terminal().out(Json.write(shape(publisher))));
            } else if (all.isEmpty()) {
                invocation.terminal()
                        .out("No publishers yet. 'sallyport publisher add FILE' adds one; 'get' and 'add' with --remember-publisher do, too.");
            } else {
                TextTable table = new TextTable("NAME", "ID", "KEY", "FINGERPRINT", "SIGNS HERE");
                all.forEach(p -> table.row(p.name(), p.id(), Words.camelCase(p.key()), p.shortFingerprint(), p.own() ? "yes" : "no"));
                table.print(invocation.terminal()::out);
            }
        }
    }

    @Command(name = "remove", description = "Believes it no longer. The key of an own one is destroyed for good.")
    static final class Remove implements ForegroundCommand {
        @Parameters(paramLabel = "ID", description = "as 'publisher list' shows it")
        private String id = "";

        @Override
        public int run(Invocation invocation) throws CommandFailedException {
            return PublisherCommand.run(invocation, publishers -> publishers.remove(id), tell(invocation, "Removed"));
        }
    }

    @Command(name = "export", description = "Writes its certificate or public key for others to add; never a private key.")
    static final class Export implements ForegroundCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "as 'publisher list' shows it")
        private String id = "";

        @Option(names = "-o", required = true, paramLabel = "FILE", description = "the file to write; never replaced")
        private Path file = Path.of("");

        @Override
        public int run(Invocation invocation) throws CommandFailedException {
            return PublisherCommand.run(invocation, publishers -> publishers.export(id, invocation.resolve(file)), written ->
                    invocation.terminal().out(invocation.json() ? Json.write(Json.object("path", written.toString())) : "Wrote " + written));
        }
    }

    @Command(name = "reset",
            description = "Starts the list over when it was changed outside Sallyport; own publishers stay if their keys can be read.")
    static final class Reset implements ForegroundCommand {
        @Option(names = "--yes", required = true, description = "said because it cannot be taken back")
        private boolean yes;

        @Override
        public int run(Invocation invocation) throws CommandFailedException {
            return PublisherCommand.run(invocation, Publishers::startOver, done ->
                    invocation.terminal()
                            .out(invocation.json() ? Json.write(Json.object("reset", true)) : "The list of publishers was started over."));
        }
    }
}
