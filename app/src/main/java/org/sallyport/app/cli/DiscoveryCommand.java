package org.sallyport.app.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "discovery",
        description = "Where peers come from besides trackers: shows it, or changes it. Private and trusted-only torrents use none of it.")
final class DiscoveryCommand implements LibraryCommand {
    private static final String NONE = "none";

    /** As it is typed. */
    @Option(names = "--dht", paramLabel = "on|off", description = "the distributed table (BEP 5), on the one UDP port")
    private @Nullable Switch dht;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT[,...]|none", split = ",",
            description = "nodes that the distributed table begins with, at most 16")
    private List<String> bootstrap = List.of();

    @Option(names = "--exchange", paramLabel = "on|off", description = "peers tell each other of peers (BEP 11)")
    private @Nullable Switch exchange;

    @Option(names = "--local", paramLabel = "on|off", description = "look in the own network (BEP 14): opens UDP 6771 besides the one port")
    private @Nullable Switch local;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        Settings settings = context.engine().settings();
        Settings.Discovery before = settings.discovery();
        Settings.Discovery wanted = new Settings.Discovery(Switch.of(dht, before.dht()), nodes(before), Switch.of(exchange, before.exchange()),
                Switch.of(local, before.localNetwork()));
        if (wanted.equals(before)) {
            print(context, before);
            return Exit.DONE;
        }
        return context.report(context.engine().changeSettings(settings.withDiscovery(wanted)), changed -> print(context, changed.discovery()));
    }

    private List<String> nodes(Settings.Discovery before) {
        return bootstrap.isEmpty() ? before.bootstrap() : bootstrap.equals(List.of(NONE)) ? List.of() : bootstrap;
    }

    private static void print(CommandContext context, Settings.Discovery now) {
        if (context.json()) {
            context.json("dht", now.dht(), "bootstrap", now.bootstrap(), "exchange", now.exchange(), "local", now.localNetwork());
        } else {
            context.out("Distributed table (DHT): " + word(now.dht()));
            context.out("  begins with: " + (now.bootstrap().isEmpty() ? NONE : String.join(", ", now.bootstrap())));
            context.out("Peers tell of peers: " + word(now.exchange()));
            context.out("Own network: " + word(now.localNetwork()));
        }
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }
}
