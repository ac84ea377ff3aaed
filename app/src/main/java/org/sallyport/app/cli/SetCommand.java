package org.sallyport.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.UploadPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = "Changes settings of one torrent: upload=normal|while-downloading|trusted-only|never.")
final class SetCommand implements LibraryCommand {
    /** What can be set, and how a value is understood: before anything is changed, so that a wrong one changes nothing. */
    private static final Map<String, Key> KEYS = Map.of("upload", SetCommand::upload);

    @Mixin
    private HashArgument torrent = new HashArgument();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE", description = "what to set")
    private List<String> settings = List.of();

    private interface Key {
        Change read(String value) throws CommandFailedException;
    }

    private interface Change {
        CompletableFuture<Outcome<InfoHash>> make(Engine engine, InfoHash hash);
    }

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        List<Change> changes = new ArrayList<>();
        for (String setting : settings) {
            changes.add(change(setting));
        }
        InfoHash hash = torrent.in(context.engine().snapshot());
        int exit = Exit.DONE;
        for (int i = 0; i < changes.size() && exit == Exit.DONE; i++) {
            boolean last = i == changes.size() - 1;
            exit = context.report(changes.get(i).make(context.engine(), hash), done -> {
                if (last) {
                    context.acknowledge("Set " + String.join(" ", settings) + " of", done);
                }
            });
        }
        return exit;
    }

    private static Change change(String setting) throws CommandFailedException {
        int equals = setting.indexOf('=');
        Key key = equals < 0 ? null : KEYS.get(setting.substring(0, equals));
        if (key == null) {
            throw new CommandFailedException(Exit.USAGE, "'" + setting + "' cannot be set. Write KEY=VALUE with one of these keys: "
                    + String.join(", ", KEYS.keySet().stream().sorted().toList()) + ".");
        }
        return key.read(setting.substring(equals + 1));
    }

    private static Change upload(String value) throws CommandFailedException {
        for (UploadPolicy policy : UploadPolicy.values()) {
            if (policy.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(value)) {
                return (engine, hash) -> engine.shares().upload(hash, policy);
            }
        }
        throw new CommandFailedException(Exit.USAGE, "'" + value + "' is no upload policy. "
                + "It is one of normal, while-downloading, trusted-only and never.");
    }
}
