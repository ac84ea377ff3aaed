package org.sallyport.app.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "trackers", description = "The trackers of one torrent and what they said; and changes which they are.")
final class TrackersCommand extends DetailsCommand {
    @Option(names = "--add", paramLabel = "URL", description = "a tracker more, behind those there are; may be repeated")
    private List<String> added = List.of();

    @Option(names = "--remove", paramLabel = "URL", description = "one less; may be repeated")
    private List<String> removed = List.of();

    @Option(names = "--set", paramLabel = "URL", description = "these instead; each repetition is the next tier, commas put several into one")
    private List<String> tiers = List.of();

    @Option(names = "--announce", description = "ask them now")
    private boolean announce;

    @Override
    int change(CommandContext context, InfoHash hash) throws CommandFailedException {
        int exit = Exit.DONE;
        if (!added.isEmpty() || !removed.isEmpty() || !tiers.isEmpty()) {
            exit = context.report(context.engine().torrents().trackers(hash, wanted(context, hash)), done -> { });
        }
        return announce && exit == Exit.DONE ? context.report(context.engine().torrents().announce(hash), done -> { }) : exit;
    }

    private List<List<String>> wanted(CommandContext context, InfoHash hash) throws CommandFailedException {
        if (!tiers.isEmpty() && !(added.isEmpty() && removed.isEmpty())) {
            throw new CommandFailedException(Exit.USAGE,
                    "--set says which trackers there are; --add and --remove change those there are. Use one way.");
        }
        if (!tiers.isEmpty()) {
            return tiers.stream().map(tier -> List.of(tier.split(","))).toList();
        }
        Map<Integer, List<String>> present = new TreeMap<>();
        details(context, hash).trackers().forEach(t -> present.computeIfAbsent(t.tier(), tier -> new ArrayList<>()).add(t.url()));
        for (String url : removed) {
            if (present.values().stream().noneMatch(tier -> tier.remove(url))) {
                throw new CommandFailedException(Exit.FAILED, "The torrent has no tracker " + url + ". 'sallyport trackers' shows those it has.");
            }
        }
        List<List<String>> wanted = new ArrayList<>(present.values());
        added.forEach(url -> wanted.add(List.of(url)));
        return wanted;
    }

    @Override
    void printJson(TorrentDetails details, CommandContext context) {
        details.trackers().forEach(t -> context.json(JsonShapes.tracker(t)));
    }

    @Override
    void print(TorrentDetails details, CommandContext context) {
        if (details.trackers().isEmpty()) {
            context.out("The torrent has no tracker.");
            return;
        }
        TextTable table = new TextTable(">TIER", "STATUS", ">SEEDS", ">LEECHERS", ">PEERS GIVEN", "NEXT", "URL", "MESSAGE");
        details.trackers().forEach(t -> table.row(
                Integer.toString(t.tier() + 1), Words.plain(t.status()), count(t.seeds()), count(t.leechers()),
                Integer.toString(t.peersGiven()), t.nextAnnounce().equals(Instant.EPOCH) ? "" : t.nextAnnounce().toString(), t.url(), t.message()));
        table.print(context::out);
    }

    private static String count(int value) {
        return value < 0 ? "?" : Integer.toString(value);
    }
}
