package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.DhtState;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.FreePort;
import org.sallyport.core.testkit.TorrentFixture;

/** Torrents without trackers, and nothing but the one UDP port. */
class DhtEngineTest {
    @TempDir
    Path temp;

    private TestEngines engines;
    private final int port = FreePort.any();
    private final int otherPort = FreePort.any();

    @BeforeEach
    void begin() {
        engines = new TestEngines(temp);
    }

    @AfterEach
    void end() {
        engines.close();
    }

    private Engine start(String name, int itsPort, int... nodes) throws IOException, EngineStartException {
        Path data = engines.options(name).dataDirectory();
        Files.createDirectories(data);
        String bootstrap = Arrays.stream(nodes).mapToObj(each -> "\"127.0.0.1:" + each + "\"").collect(Collectors.joining(", "));
        Files.writeString(data.resolve("settings.json"), "{\"port\": " + itsPort
                + ", \"trackers\": {\"allowLocal\": true}, \"discovery\": {\"bootstrap\": [" + bootstrap + "]}}");
        return engines.start(engines.options(name).withDht(true));
    }

    @Test
    void aTorrentWithoutTrackersIsFoundThroughTheOnePort() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("shared"), "film.bin", 32 << 10, 300_000);
        Engine seed = start("seed", port);
        done(seed.add(AddRequest.seed(torrent.file(), torrent.home())));
        awaitState(seed, torrent.hash(), TorrentState.SEEDING);
        Engine leech = start("leech", otherPort, port);

        done(leech.add(engines.download("leech", torrent)));

        await().atMost(Duration.ofSeconds(90)).until(() -> at(leech, torrent.hash()).progress() == 1);
        assertThat(datagrams(seed)).as("what is bound in this process").containsOnly(port, otherPort);
        assertThat(leech.snapshot().dht()).isEqualTo(new DhtState(true, 1, "Connected to 1 other"));
        awaitEvent(leech, "dht.joined");
        assertThat(Files.exists(engines.options("leech").dataDirectory().resolve("dht"))).isFalse();
        leech.close();
        assertThat(engines.options("leech").dataDirectory().resolve("dht")).isNotEmptyFile();
    }

    @Test
    void withoutATorrentNothingIsOpen() throws Exception {
        Engine engine = start("idle", port);

        assertThat(datagrams(engine)).isEmpty();
        assertThat(engine.snapshot().dht()).isEqualTo(new DhtState(true, 0, "On: begins with the first torrent that may use it"));
    }

    @Test
    void itIsSwitchedOffAndOnWhileATorrentRuns() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("shared"), "film.bin", 32 << 10, 300_000);
        Engine engine = start("seed", port);
        done(engine.add(AddRequest.seed(torrent.file(), torrent.home())));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        await().atMost(SOON).until(() -> datagrams(engine).equals(List.of(port)));

        done(engine.changeSettings(engine.settings().withDiscovery(new Settings.Discovery(false, List.of(), true, false))));
        await().atMost(SOON).until(() -> datagrams(engine).isEmpty());
        assertThat(engine.snapshot().dht()).isEqualTo(DhtState.OFF);

        done(engine.changeSettings(engine.settings().withDiscovery(new Settings.Discovery(true, List.of(), true, false))));
        await().atMost(SOON).until(() -> datagrams(engine).equals(List.of(port)));
    }

    @Test
    void aPrivateTorrentDoesNotBeginIt() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("shared"), "film.bin", 32 << 10, 300_000);
        Engine engine = start("seed", port);
        Path file = temp.resolve("private.torrent");
        done(engine.create(new CreateRequest(torrent.data(), file, 0, List.of(), List.of(), true, ""), progress -> { }));

        var hash = done(engine.add(AddRequest.seed(file, torrent.home())));
        awaitState(engine, hash, TorrentState.SEEDING);

        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> datagrams(engine).isEmpty());
    }

    /** The numbers of the UDP sockets of this process, as the system has them. */
    private static List<Integer> datagrams(Engine engine) {
        PortAudit audit = done(engine.auditPort());
        return audit.sockets().stream().filter(socket -> socket.protocol().startsWith("udp")).map(socket -> socket.port()).sorted().toList();
    }
}
