package org.sallyport.core.engine;

import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.testkit.TorrentFixture;

/** Engines of people who have paired their devices; each knows where the others listen. */
final class Friends implements AutoCloseable {
    final TestEngines engines;
    private final Path temp;
    private final Map<String, PeerAddress> homes = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();

    /** @param names all of them are paired with each other */
    Friends(Path temp, String... names) throws Exception {
        this.temp = temp;
        this.engines = new TestEngines(temp);
        for (String name : names) {
            try (Engine engine = Engine.start(engines.options(name))) {
                homes.put(name, TestEngines.addressOf(engine));
            }
        }
        for (String name : names) {
            ids.put(name, PairedEngines.idOf(folder(name)).text());
        }
        for (int one = 0; one < names.length; one++) {
            for (int other = one + 1; other < names.length; other++) {
                pair(names[one], names[other]);
            }
        }
    }

    private void pair(String one, String other) throws Exception {
        PairedEngines.pair(folder(one), List.of(homes.get(one)), folder(other), List.of(homes.get(other)));
    }

    Path folder(String name) {
        return engines.options(name).dataDirectory();
    }

    Engine start(String name) throws EngineStartException {
        return engines.start(name);
    }

    PeerAddress home(String name) {
        return homes.get(name);
    }

    String id(String name) {
        return ids.get(name);
    }

    /** What {@code engine} shows of the only device it knows. */
    static DeviceSnapshot only(Engine engine) {
        return engine.snapshot().devices().devices().get(0);
    }

    static void awaitDevice(Engine engine, Predicate<DeviceSnapshot> condition) {
        await("device").atMost(SOON).until(() -> engine.snapshot().devices().devices(), all -> all.size() == 1 && condition.test(all.get(0)));
    }

    /** All devices that {@code engine} knows are connected. */
    static void awaitTogether(Engine engine) {
        await("connected devices").atMost(SOON).until(() -> engine.snapshot().devices().devices(),
                all -> !all.isEmpty() && all.stream().allMatch(DeviceSnapshot::connected));
    }

    static DeviceOffer awaitOffer(Engine engine) {
        return await("offer").atMost(SOON).until(() -> engine.snapshot().devices().offers(), offers -> !offers.isEmpty()).get(0);
    }

    /** A file of somebody's own, ready to be sent. */
    Path file(String name, int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        try {
            return Files.write(Files.createDirectories(temp.resolve("own")).resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shares the data of a torrent with devices, or with everybody if none is named. */
    InfoHash share(Engine engine, TorrentFixture torrent, String note, String... names) {
        Set<String> devices = Arrays.stream(names).map(ids::get).collect(Collectors.toSet());
        Sharing sharing = new Sharing(UploadPolicy.NORMAL, !devices.isEmpty(), devices, true, note, Instant.MAX);
        TestEngines.done(engine.shares().allow(torrent.home()));
        InfoHash hash = TestEngines.done(engine.shares().add(new ShareRequest(torrent.data(), sharing, true), progress -> { }));
        TestEngines.awaitState(engine, hash, TorrentState.SEEDING);
        return hash;
    }

    TorrentFixture torrent(String name, int bytes) {
        return TorrentFixture.single(temp.resolve("own"), name, 16_384, bytes);
    }

    static PeerAddress local(int port) {
        return new PeerAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        engines.close();
    }
}
