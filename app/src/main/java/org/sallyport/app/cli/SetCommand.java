package org.sallyport.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.Torrents;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.UploadPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = {"Changes what is chosen for one torrent, all of it or nothing:",
    "priority=PATTERN:skip|low|normal|high (the last that fits a file counts), sequential=on|off, first-last=on|off,",
    "down=RATE, up=RATE (0 for no limit), ratio=NUMBER|never, seed-minutes=N|never, idle-minutes=N|never, then=stop|remove,",
    "labels=WORD,WORD, super-seeding=on|off, force=on|off, dht=on|off, exchange=on|off,",
    "upload=normal|while-downloading|trusted-only|never."})
final class SetCommand implements LibraryCommand {
    private static final String UPLOAD = "upload";

    @Mixin
    private HashArgument torrent = new HashArgument();

    @Option(names = "--accept-risky", description = "programs and other risky names among the files that are no longer skipped are wanted")
    private boolean acceptRisky;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE", description = "what to set")
    private List<String> settings = List.of();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        List<OptionKeys.Change> changes = new ArrayList<>();
        Optional<UploadPolicy> upload = Optional.empty();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            String key = equals < 0 ? "" : setting.substring(0, equals);
            if (key.equals(UPLOAD)) {
                upload = Optional.of(upload(setting.substring(equals + 1)));
            } else {
                changes.add(OptionKeys.read(key, setting.substring(equals + 1)).orElseThrow(() -> unknown(setting)));
            }
        }
        InfoHash hash = torrent.in(context.engine().snapshot());
        int exit = changes.isEmpty() ? Exit.DONE : change(context, hash, changes, upload.isEmpty());
        return exit == Exit.DONE && upload.isPresent()
                ? context.report(context.engine().shares().upload(hash, upload.get()), done -> acknowledge(context, done)) : exit;
    }

    private int change(CommandContext context, InfoHash hash, List<OptionKeys.Change> changes, boolean last) throws CommandFailedException {
        TorrentDetails details = context.await(context.engine().details(hash))
                .orElseThrow(() -> new CommandFailedException(Exit.FAILED, "The torrent was removed just now."));
        TorrentOptions before = details.summary().options();
        TorrentOptions after = apply(changes, before, details.info());
        UnaryOperator<TorrentOptions> all = now -> now.equals(before) ? after : applyAgain(changes, now, details.info());
        Torrents torrents = context.engine().torrents();
        return context.report(acceptRisky ? torrents.changeAccepting(hash, all) : torrents.change(hash, all), done -> {
            if (last) {
                acknowledge(context, done);
            }
        });
    }

    private static TorrentOptions apply(List<OptionKeys.Change> changes, TorrentOptions before, TorrentPreview info) throws CommandFailedException {
        TorrentOptions options = before;
        for (OptionKeys.Change change : changes) {
            options = change.apply(options, info);
        }
        return options;
    }

    /** Somebody else has changed something in between: what could be applied before can be applied now. */
    private static TorrentOptions applyAgain(List<OptionKeys.Change> changes, TorrentOptions now, TorrentPreview info) {
        try {
            return apply(changes, now, info);
        } catch (CommandFailedException e) {
            throw new IllegalStateException("the files of a torrent do not change", e);
        }
    }

    private void acknowledge(CommandContext context, InfoHash hash) {
        context.acknowledge("Set " + String.join(" ", settings) + " of", hash);
    }

    private static CommandFailedException unknown(String setting) {
        TreeSet<String> keys = new TreeSet<>(OptionKeys.names());
        keys.add(UPLOAD);
        return new CommandFailedException(Exit.USAGE, "'" + setting + "' cannot be set. "
                + "Write KEY=VALUE with one of these keys: " + String.join(", ", keys) + ".");
    }

    private static UploadPolicy upload(String value) throws CommandFailedException {
        for (UploadPolicy policy : UploadPolicy.values()) {
            if (policy.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(value)) {
                return policy;
            }
        }
        throw new CommandFailedException(Exit.USAGE, "'" + value + "' is no upload policy. "
                + "It is one of normal, while-downloading, trusted-only and never.");
    }
}
