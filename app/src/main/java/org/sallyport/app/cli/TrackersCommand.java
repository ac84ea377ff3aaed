package org.sallyport.app.cli;

import java.time.Instant;
import org.sallyport.core.model.TorrentDetails;
import picocli.CommandLine.Command;

@Command(name = "trackers", description = "The trackers of one torrent and what they said.")
final class TrackersCommand extends DetailsCommand {
    @Override
    void printJson(TorrentDetails details, CommandContext context) {
        details.trackers().forEach(t -> context.json(JsonShapes.tracker(t)));
    }

    @Override
    void print(TorrentDetails details, CommandContext context) {
        if (details.trackers().isEmpty()) {
            context.out("The torrent names no tracker.");
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
