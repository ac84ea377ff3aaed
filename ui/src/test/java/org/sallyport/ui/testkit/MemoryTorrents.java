package org.sallyport.ui.testkit;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.Torrents;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.Why;

/** What can be changed about the torrents of a {@link MemoryEngine}. Its state belongs to the engine's thread. */
public final class MemoryTorrents implements Torrents {
    private final Host host;
    private final List<InfoHash> queue = new ArrayList<>();
    private final Map<InfoHash, List<List<String>>> trackers = new LinkedHashMap<>();
    private final Map<InfoHash, Map<String, String>> paths = new LinkedHashMap<>();
    private final Set<InetAddress> banned = new LinkedHashSet<>();
    private final Map<String, CompletableFuture<Outcome<TorrentPreview>>> looks = new ConcurrentHashMap<>();
    private final List<String> stoppedLooks = new CopyOnWriteArrayList<>();

    /** What this asks of the library. */
    interface Host {
        <T> CompletableFuture<T> run(Supplier<T> work);

        void publish();

        void note(String command);

        Optional<Refusal> refusal(String command);

        Optional<TorrentSnapshot> find(InfoHash hash);

        void put(TorrentSnapshot torrent);

        List<List<String>> trackersOf(InfoHash hash);
    }

    MemoryTorrents(Host host) {
        this.host = host;
    }

    private <T> CompletableFuture<Outcome<T>> command(String words, InfoHash hash, Function<TorrentSnapshot, Outcome<T>> work) {
        return host.run(() -> {
            host.note(words + " " + hash.hex());
            Optional<Refusal> refusal = host.refusal(words.split(" ")[0]);
            if (refusal.isPresent()) {
                return Outcome.<T>refused(refusal.get());
            }
            Optional<TorrentSnapshot> torrent = host.find(hash);
            if (torrent.isEmpty()) {
                return Outcome.<T>refused("torrent.unknown", "This torrent is not on the list.");
            }
            Outcome<T> outcome = work.apply(torrent.get());
            host.publish();
            return outcome;
        });
    }

    private CompletableFuture<Outcome<InfoHash>> edit(String words, InfoHash hash, UnaryOperator<TorrentSnapshot> edit) {
        return command(words, hash, torrent -> {
            host.put(edit.apply(torrent));
            return Outcome.done(hash);
        });
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> change(InfoHash hash, UnaryOperator<TorrentOptions> change) {
        return edit("change", hash, torrent -> Snapshots.with(torrent, change.apply(torrent.options())));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> changeAccepting(InfoHash hash, UnaryOperator<TorrentOptions> change) {
        return edit("change accepting", hash, torrent -> Snapshots.with(torrent, change.apply(torrent.options())));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> answerNames(InfoHash hash, AddRequest.Risky risky) {
        return edit("answer names " + risky, hash, torrent -> Snapshots.withWhy(torrent, Why.FINE));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> queue(InfoHash hash, QueueMove move) {
        return command("queue " + move, hash, torrent -> {
            int at = queue.indexOf(hash);
            switch (move) {
                case TOP -> queue.add(0, queue.remove(at));
                case BOTTOM -> queue.add(queue.remove(at));
                case UP -> Collections.swap(queue, at, Math.max(0, at - 1));
                case DOWN -> Collections.swap(queue, at, Math.min(queue.size() - 1, at + 1));
            }
            number();
            return Outcome.done(hash);
        });
    }

    /** It was put on the list; the last in the queue. */
    void joined(InfoHash hash) {
        queue.remove(hash);
        queue.add(hash);
        number();
    }

    private void number() {
        queue.removeIf(hash -> host.find(hash).isEmpty());
        for (int i = 0; i < queue.size(); i++) {
            int position = i + 1;
            host.find(queue.get(i)).ifPresent(torrent -> host.put(Snapshots.withQueuePosition(torrent, position)));
        }
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> rename(InfoHash hash, String name) {
        return edit("rename " + name, hash, torrent -> Snapshots.withName(torrent, name.isEmpty() ? torrent.path().getFileName().toString() : name));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> renamePath(InfoHash hash, String path, String name) {
        return command("renamePath " + path + " to " + name, hash, torrent -> {
            if (name.contains("/")) {
                return Outcome.refused("torrent.name", "A name cannot hold the sign /. Choose another one.");
            }
            String parent = path.contains("/") ? path.substring(0, path.lastIndexOf('/') + 1) : "";
            paths.computeIfAbsent(hash, h -> new LinkedHashMap<>()).put(path, parent + name);
            return Outcome.done(hash);
        });
    }

    /** As it is called since the renames. */
    String present(InfoHash hash, String path) {
        String now = path;
        for (Map.Entry<String, String> rename : paths.getOrDefault(hash, Map.of()).entrySet()) {
            if (now.equals(rename.getKey()) || now.startsWith(rename.getKey() + "/")) {
                now = rename.getValue() + now.substring(rename.getKey().length());
            }
        }
        return now;
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> move(InfoHash hash, Path folder) {
        return edit("move " + folder, hash, torrent -> Snapshots.withPath(torrent, folder.resolve(torrent.path().getFileName())));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> locate(InfoHash hash, Path folder) {
        return edit("locate " + folder, hash, torrent -> Snapshots.withPath(torrent, folder.resolve(torrent.path().getFileName())));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> trackers(InfoHash hash, List<List<String>> tiers) {
        return command("trackers " + tiers, hash, torrent -> {
            List<String> odd = tiers.stream().flatMap(List::stream).filter(url -> !url.matches("(https?|udp)://.+")).toList();
            if (!odd.isEmpty()) {
                return Outcome.refused("tracker.scheme", "“" + odd.get(0) + "” is no tracker: its address must begin with http, https or udp.");
            }
            trackers.put(hash, tiers);
            return Outcome.done(hash);
        });
    }

    /** By tier, as they are now. */
    List<List<String>> tiersOf(InfoHash hash) {
        return trackers.getOrDefault(hash, host.trackersOf(hash));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> announce(InfoHash hash) {
        return edit("announce", hash, torrent -> torrent);
    }

    @Override
    public CompletableFuture<Outcome<InetAddress>> ban(InetAddress address) {
        return host.run(() -> {
            host.note("ban " + address.getHostAddress());
            banned.add(address);
            host.publish();
            return Outcome.done(address);
        });
    }

    boolean isBanned(InetAddress address) {
        return banned.contains(address);
    }

    @Override
    public CompletableFuture<Outcome<Path>> export(InfoHash hash, Path file) {
        return command("export " + file.getFileName(), hash, torrent -> Outcome.done(file));
    }

    @Override
    public CompletableFuture<Outcome<String>> magnet(InfoHash hash) {
        return command("magnet", hash, torrent -> torrent.sharing().trustedOnly()
                ? Outcome.refused("magnet.trusted", "This is for your own devices only, so it has no link for others.")
                : Outcome.done("magnet:?xt=urn:btih:" + hash.hex() + "&dn=" + torrent.name().replace(" ", "%20")));
    }

    /** What a look at this link comes to; complete it to let the look end. */
    public CompletableFuture<Outcome<TorrentPreview>> expectLook(String magnet) {
        return looks.computeIfAbsent(magnet, m -> new CompletableFuture<>());
    }

    @Override
    public CompletableFuture<Outcome<TorrentPreview>> look(String magnet) {
        CompletableFuture<Outcome<TorrentPreview>> look = expectLook(magnet).copy();
        look.whenComplete((outcome, problem) -> {
            if (look.isCancelled()) {
                stoppedLooks.add(magnet);
            }
        });
        return look;
    }

    /** What the look at this link found, when it has ended. */
    Optional<Outcome<TorrentPreview>> looked(String magnet) {
        return Optional.ofNullable(expectLook(magnet).getNow(null));
    }

    /** Links whose look was called off. */
    public List<String> stoppedLooks() {
        return stoppedLooks;
    }
}
