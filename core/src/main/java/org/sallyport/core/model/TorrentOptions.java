package org.sallyport.core.model;

import java.util.Map;
import java.util.Set;

/**
 * What the user chose for one torrent. Changed as a whole: {@code engine.torrents().change(hash, options -> options.with…)}.
 *
 * @param priorities   by 0-based file index; a file that is not named is {@link FilePriority#NORMAL}
 * @param sequential   pieces in order, for playing while it comes
 * @param firstAndLast the first and the last piece of each file before the others, for a look at it
 * @param downLimit    payload bytes per second, 0 for no limit of its own; @param upLimit likewise
 * @param superSeeding as the only seed, tells each peer of few pieces, so that each is sent about once (BEP 16)
 * @param forced       runs whatever the queue says
 * @param dht          may be looked up and announced in the DHT; never for a private or trusted-only torrent, whatever it says here
 * @param exchange     peers may tell each other of peers (BEP 11); likewise
 * @param labels       words of the user's own, each 1..40 printable characters, at most 16
 * @param intent       what it was added for: the types that its files may turn out to be
 */
public record TorrentOptions(
        Map<Integer, FilePriority> priorities, boolean sequential, boolean firstAndLast, long downLimit, long upLimit, SeedGoal goal,
        boolean superSeeding, boolean forced, boolean dht, boolean exchange, Set<String> labels, Intent intent) {
    public static final TorrentOptions DEFAULT =
            new TorrentOptions(Map.of(), false, false, 0, 0, SeedGoal.NONE, false, false, true, true, Set.of(), Intent.ANYTHING);

    public TorrentOptions {
        priorities = Map.copyOf(priorities);
        labels = Set.copyOf(labels);
    }

    public FilePriority priority(int file) {
        return priorities.getOrDefault(file, FilePriority.NORMAL);
    }

    public TorrentOptions withPriorities(Map<Integer, FilePriority> value) {
        return new TorrentOptions(value, sequential, firstAndLast, downLimit, upLimit, goal, superSeeding, forced, dht, exchange, labels, intent);
    }

    public TorrentOptions withSequential(boolean value) {
        return new TorrentOptions(priorities, value, firstAndLast, downLimit, upLimit, goal, superSeeding, forced, dht, exchange, labels, intent);
    }

    public TorrentOptions withFirstAndLast(boolean value) {
        return new TorrentOptions(priorities, sequential, value, downLimit, upLimit, goal, superSeeding, forced, dht, exchange, labels, intent);
    }

    public TorrentOptions withLimits(long down, long up) {
        return new TorrentOptions(priorities, sequential, firstAndLast, down, up, goal, superSeeding, forced, dht, exchange, labels, intent);
    }

    public TorrentOptions withGoal(SeedGoal value) {
        return new TorrentOptions(priorities, sequential, firstAndLast, downLimit, upLimit, value, superSeeding, forced, dht, exchange,
                labels, intent);
    }

    public TorrentOptions withSuperSeeding(boolean value) {
        return new TorrentOptions(priorities, sequential, firstAndLast, downLimit, upLimit, goal, value, forced, dht, exchange, labels, intent);
    }

    public TorrentOptions withForced(boolean value) {
        return new TorrentOptions(priorities, sequential, firstAndLast, downLimit, upLimit, goal, superSeeding, value, dht, exchange, labels, intent);
    }

    public TorrentOptions withDiscovery(boolean inDht, boolean byExchange) {
        return new TorrentOptions(priorities, sequential, firstAndLast, downLimit, upLimit, goal, superSeeding, forced, inDht, byExchange,
                labels, intent);
    }

    public TorrentOptions withLabels(Set<String> value) {
        return new TorrentOptions(priorities, sequential, firstAndLast, downLimit, upLimit, goal, superSeeding, forced, dht, exchange, value, intent);
    }

    public TorrentOptions withIntent(Intent value) {
        return new TorrentOptions(priorities, sequential, firstAndLast, downLimit, upLimit, goal, superSeeding, forced, dht, exchange, labels, value);
    }
}
