package org.sallyport.core.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.settings.Settings;

/** Lets torrents run as the queue has it, and keeps its order. Network thread only. */
final class Turns {
    private final TurnQueue queue = new TurnQueue();
    private final Map<InfoHash, SlowWatch> slowness = new HashMap<>();

    /** Does something with one torrent; what goes wrong there stays there. */
    @FunctionalInterface
    interface Alone {
        void with(ManagedTorrent torrent, Runnable work);
    }

    /** The order that was kept, before the torrents are put in. */
    void recall(List<InfoHash> kept) {
        queue.recall(kept);
    }

    void add(InfoHash hash) {
        queue.add(hash);
    }

    void remove(InfoHash hash) {
        queue.remove(hash);
        slowness.remove(hash);
    }

    /** @param keep told the new order if there is one */
    void move(InfoHash hash, QueueMove where, Set<InfoHash> there, Consumer<List<InfoHash>> keep) {
        if (queue.move(hash, where, there)) {
            keep.accept(queue.order());
        }
    }

    Map<InfoHash, Integer> positions(Set<InfoHash> there) {
        return queue.positions(there);
    }

    /** Once a second, before turns are given. */
    void look(List<TorrentStory> awake, long below, long now) {
        for (TorrentStory story : awake) {
            ManagedTorrent torrent = story.torrent();
            InfoHash hash = torrent.hash();
            if (torrent.session().isPresent()) {
                long rate = torrent.course().complete() ? torrent.progress().up().rate() : torrent.progress().down().rate();
                slowness.computeIfAbsent(hash, any -> new SlowWatch(now)).look(true, rate, below, now);
            } else {
                slowness.remove(hash); // when it exchanges again, it begins as one that is not slow
            }
        }
    }

    /** No torrent may run for a time. @param awake all that run are among them */
    static void suspend(List<TorrentStory> awake, Alone alone) {
        for (TorrentStory story : awake) {
            ManagedTorrent torrent = story.torrent();
            if (torrent.course().running() && !torrent.course().idle() && !torrent.trouble().inTrouble()) {
                alone.with(torrent, torrent.course()::suspend);
            }
        }
    }

    /** The first of those that rest until it is their turn, as many of each sort as there are places: whoever of them gets one is here. */
    private List<TorrentStory> front(Collection<TorrentStory> waiting, Set<InfoHash> there, Settings.Limits limits) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        Map<InfoHash, Integer> positions = positions(there);
        List<TorrentStory> front = new ArrayList<>();
        for (boolean seeds : List.of(false, true)) {
            waiting.stream().filter(story -> story.torrent().course().complete() == seeds)
                    .sorted(Comparator.comparing(story -> positions.get(story.torrent().hash())))
                    .limit(seeds ? limits.activeSeeds() : limits.activeDownloads()).forEach(front::add);
        }
        return front;
    }

    /**
     * Lets the first downloads and seeds run, within the limits; the others wait.
     *
     * @param wakes all that run are awake @param there all torrents
     */
    void give(WakeList<TorrentStory> wakes, Set<InfoHash> there, Settings.Limits limits, Alone alone) {
        front(wakes.waiting(), there, limits).forEach(wakes::wake);
        List<ManagedTorrent> wanting = new ArrayList<>();
        for (TorrentStory story : wakes.awake()) {
            if (story.torrent().course().running() && !story.torrent().trouble().inTrouble()) {
                wanting.add(story.torrent());
            }
        }
        Map<InfoHash, Integer> positions = positions(there);
        wanting.sort(Comparator.comparing(torrent -> positions.get(torrent.hash())));
        Set<InfoHash> turns = TurnRule.turns(wanting.stream().map(this::contender).toList(), limits.activeDownloads(), limits.activeSeeds());
        for (ManagedTorrent torrent : wanting) {
            if (turns.contains(torrent.hash())) {
                alone.with(torrent, torrent.course()::activate);
            } else {
                torrent.course().queue();
            }
        }
    }

    private TurnRule.Contender contender(ManagedTorrent torrent) {
        SlowWatch watch = slowness.get(torrent.hash());
        return new TurnRule.Contender(torrent.hash(), torrent.course().complete(), torrent.saved().options().forced(),
                torrent.course().idle(), watch != null && watch.slow());
    }
}
