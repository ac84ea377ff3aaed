package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.Addresses;
import org.sallyport.core.testkit.Aftermath;
import org.sallyport.core.testkit.RawListener;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TorrentFixture;

/** Strangers that tell of other peers (BEP 11) cannot make us call where it would hurt, however many they tell of. */
@Tag("hostile")
@Timeout(90)
class ExchangeFloodTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    @RegisterExtension
    final EngineAftermath after = new EngineAftermath(() -> this.engines.all());
    private static final int EXTENDED = 20;
    /** What our engines call it. */
    private static final char EXCHANGE = 3;

    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;
    private Engine engine;

    @BeforeEach
    void open() throws Exception {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", 16 << 10, 200_000);
        engine = engines.start("leecher");
        done(engine.add(engines.download("leecher", torrent)));
        awaitState(engine, torrent.hash(), TorrentState.DOWNLOADING);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private RawPeer dial(InetAddress from, InetAddress to) throws IOException {
        RawPeer peer = RawPeer.connect(from, new InetSocketAddress(to, ownPort()));
        peer.send(RawPeer.handshake(torrent.hash(), RawPeer.peerId("teller")));
        peer.readHandshake();
        return peer;
    }

    private RawPeer dial(String from) throws IOException {
        return dial(InetAddress.getByName(from), InetAddress.getLoopbackAddress());
    }

    private int ownPort() {
        return socketOf(engine).getPort();
    }

    private int known() {
        return at(engine, torrent.hash()).knownPeers();
    }

    /** Addresses as BEP 11 packs them, right or wrong. */
    private static final class Packed {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Packed add(InetAddress host, int port) {
            bytes.writeBytes(host.getAddress());
            bytes.write(port >> 8);
            bytes.write(port);
            return this;
        }

        Packed add(String host, int port) throws IOException {
            return add(InetAddress.getByName(host), port);
        }

        /** Ourselves, everybody at once, nobody at all, and ports where no peer is. */
        Packed addForbidden(int own) throws IOException {
            return add("127.0.0.1", own).add("127.0.0.2", own).add("224.0.0.1", 7000).add("239.255.255.250", 1900).add("255.255.255.255", 7000)
                    .add("0.0.0.0", 7000).add("240.0.0.1", 7000).add("127.0.0.1", 0).add("127.0.0.1", 1).add("127.0.0.1", 22).add("127.0.0.1", 1023)
                    .add("169.254.169.254", 8080);
        }

        byte[] message() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes((EXCHANGE + "d5:added" + bytes.size() + ":").getBytes(StandardCharsets.ISO_8859_1));
            all.writeBytes(bytes.toByteArray());
            all.writeBytes("e".getBytes(StandardCharsets.ISO_8859_1));
            return RawPeer.frame(EXTENDED, all.toByteArray());
        }
    }

    @Test
    void tenThousandAtOnceAreAnOffenceAndNoneIsCalled() throws Exception {
        try (RawListener victim = RawPeer.listen(); RawPeer hostile = dial("127.0.7.1")) {
            Packed all = new Packed().addForbidden(ownPort());
            for (int i = 0; i < 10_000; i++) {
                all.add("127.0.0.1", victim.address().getPort());
            }
            hostile.send(all.message());

            hostile.drainToEnd();
            assertBanned("127.0.7.1", "wire.exchange-flood");
            assertThat(known()).isZero();
            assertThat(victim.hasCaller()).isFalse();
        }
    }

    @Test
    void tenThousandInPartsAreHeardOnceThenNoMore() throws Exception {
        try (RawPeer hostile = dial("127.0.7.2")) {
            for (int part = 0; part < 50; part++) {
                Packed some = new Packed();
                for (int i = 0; i < 200; i++) {
                    some.add("127.1." + part + "." + (i + 1), 9); // a low port: nobody is called
                }
                try {
                    hostile.send(some.message());
                } catch (IOException closed) {
                    break;
                }
            }

            hostile.drainToEnd();
            assertBanned("127.0.7.2", "wire.exchange-often");
            assertThat(known()).isZero();
        }
    }

    /** That is for the user to say, as it is of trackers. */
    @Test
    void nobodyOnThisComputerIsCalledOnTheWordOfAnother() throws Exception {
        try (RawListener victim = RawPeer.listen(); RawPeer teller = dial("127.0.7.4")) {
            teller.send(new Packed().add("127.0.0.1", victim.address().getPort()).message());

            awaitEvent(engine, "policy.denied");
            assertThat(events(engine, "policy.denied")).extracting(event -> event.fact("rule")).containsOnly("policy.loopback-peer");
            assertThat(victim.hasCaller()).isFalse();
        }
    }

    @Test
    void ofWhatIsToldOnlyTheHarmlessIsCalled() throws Exception {
        done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true)))); // so that this computer is as good as others
        try (RawListener harmless = RawPeer.listen(); RawPeer teller = dial("127.0.7.3")) {
            teller.send(new Packed().addForbidden(ownPort()).add("127.0.0.1", harmless.address().getPort()).message());

            await("the message was read to its end").atMost(SOON).until(harmless::hasCaller);
            await().atMost(SOON).until(() -> known() > 0);
            assertThat(known()).as("addresses taken").isEqualTo(1);
            assertThat(events(engine, "peer.banned")).isEmpty(); // few of them are no offence: clients tell what they were told
        }
    }

    @Test
    void whoIsNotOnThisComputerCannotSendUsIntoIt() throws Exception {
        InetAddress outside = Addresses.ofNetwork();

        try (RawListener inside = RawPeer.listen(); RawListener harmless = RawPeer.listen(outside);
                RawPeer teller = dial(outside, outside)) {
            teller.send(new Packed().addForbidden(ownPort()).add("127.0.0.1", inside.address().getPort()).add(outside, ownPort())
                    .add(outside, harmless.address().getPort()).message());

            await("the message was read to its end").atMost(SOON).until(harmless::hasCaller);
            await().atMost(SOON).until(() -> known() > 0);
            assertThat(known()).as("addresses taken").isEqualTo(1);
            assertThat(inside.hasCaller()).isFalse();
        }
    }

    private void assertBanned(String address, String rule) {
        await().atMost(SOON).until(() -> !events(engine, "peer.banned").isEmpty());
        assertThat(events(engine, "peer.banned")).singleElement().satisfies(event -> {
            assertThat(event.fact("address")).isEqualTo(address);
            assertThat(event.fact("rule")).isEqualTo(rule);
        });
    }
}
