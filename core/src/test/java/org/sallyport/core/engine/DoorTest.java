package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.failed;
import static org.sallyport.core.engine.TestEngines.refused;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.engine.EngineStartException.Cause;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.testkit.FreePort;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TorrentFixture;

/** One configured port or none, never another (I1). */
@Timeout(60)
class DoorTest {

    @TempDir
    Path temp;
    private TestEngines engines;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private static void assertNobodyListens(int port) {
        assertThatThrownBy(() -> RawPeer.connect(port).close()).isInstanceOf(ConnectException.class);
    }

    private static void assertListens(int port) throws IOException {
        RawPeer.connect(port).close();
    }

    @Test
    void thePortIsChosenAtTheFirstStartAndKept() throws Exception {
        Engine first = engines.start("one");
        int port = first.snapshot().port().port();
        assertThat(port).isBetween(49_152, 65_535);
        assertThat(first.snapshot().port().kind()).isEqualTo(PortState.Kind.OPEN);
        assertThat(first.settings().port()).isEqualTo(port);
        assertListens(port);
        first.close();
        assertNobodyListens(port);

        assertThat(engines.start("one").snapshot().port().port()).isEqualTo(port);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDoorForThisComputerIsNotOpenOnOtherAddresses() throws Exception {
        Engine engine = engines.start(engines.options("one").withBind(InetAddress.getByName("127.0.0.1")));
        int port = engine.snapshot().port().port();

        assertListens(port);
        // all of 127/8 is this computer, so a listener on all addresses would answer here
        assertThatThrownBy(() -> new Socket("127.0.0.2", port).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aBusyPortIsAnErrorAndNothingElseIsOpened() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Set<Integer> before = listening();

            assertThatThrownBy(() -> engines.start(engines.options("one").withPort(other.getLocalPort())))
                    .isInstanceOfSatisfying(EngineStartException.class, e -> assertThat(e.kind()).isEqualTo(Cause.PORT_BUSY))
                    .hasMessageContaining(String.valueOf(other.getLocalPort()));

            assertThat(listening()).isEqualTo(before);
        }
        // the failed start left nothing locked
        engines.start("one");
    }

    @Test
    void anotherEngineInTheSameDirectoryIsRefused() throws Exception {
        engines.start("one");

        assertThatThrownBy(() -> Engine.start(engines.options("one")))
                .isInstanceOfSatisfying(EngineStartException.class, e -> assertThat(e.kind()).isEqualTo(Cause.ALREADY_RUNNING));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void receiveOnlyOpensNothingAndStillDownloads() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "a.bin", 32 << 10, 500_000);
        Engine seeder = engines.seeding("seeder", torrent);
        Set<Integer> before = listening();

        Engine engine = engines.start(engines.options("one").withPort(0));
        done(engine.add(engines.download("one", torrent, addressOf(seeder))));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);

        assertThat(engine.snapshot().port()).isEqualTo(new PortState(0, PortState.Kind.RECEIVE_ONLY, "Receive only: no port is open"));
        assertThat(listening()).isEqualTo(before);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anEngineListensOnExactlyItsPort() throws Exception {
        Set<Integer> before = listening();

        Engine engine = engines.start("one");

        Set<Integer> more = listening();
        more.removeAll(before);
        assertThat(more).containsExactly(engine.snapshot().port().port());
    }

    @Test
    void thePortMovesWhileRunning() throws Exception {
        Engine engine = engines.start("one");
        int first = engine.snapshot().port().port();
        int second = FreePort.any();

        done(engine.changeSettings(engine.settings().withPort(second)));
        assertNobodyListens(first);
        assertListens(second);
        assertThat(engine.snapshot().port().port()).isEqualTo(second);

        done(engine.changeSettings(engine.settings().withReceiveOnly(true)));
        assertNobodyListens(second);
        await().atMost(SOON).until(() -> engine.snapshot().port().kind() == PortState.Kind.RECEIVE_ONLY);

        done(engine.changeSettings(engine.settings().withReceiveOnly(false)));
        assertListens(second);
        engine.close();
        assertThat(engines.start("one").snapshot().port().port()).isEqualTo(second);
    }

    @Test
    void aPortWhoseUdpSideIsTakenIsBusyAsAWhole() throws Exception {
        int taken = FreePort.any();
        try (DatagramSocket other = new DatagramSocket(taken)) {
            assertThatThrownBy(() -> engines.start(engines.options("one").withPort(taken)))
                    .hasMessageContaining("Port " + taken + " is used by another program")
                    .isInstanceOfSatisfying(EngineStartException.class, e -> assertThat(e.kind()).isEqualTo(Cause.PORT_BUSY));
            assertThat(other.isBound()).isTrue();
        }
        assertNobodyListens(taken);
    }

    @Test
    void aChangeToABusyOrWrongPortChangesNothing() throws Exception {
        Engine engine = engines.start("one");
        int port = engine.snapshot().port().port();

        try (ServerSocket other = new ServerSocket(0)) {
            assertThat(failed(engine.changeSettings(engine.settings().withPort(other.getLocalPort()))))
                    .contains(String.valueOf(other.getLocalPort()));
        }
        assertThat(refused(engine.changeSettings(engine.settings().withPort(80))).rule()).isEqualTo("settings.port-range");

        assertListens(port);
        assertThat(engine.settings().port()).isEqualTo(port);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aBusyPortOpensTheOldOneAgainAndNothingElse() throws Exception {
        int given = FreePort.any();
        // a port given for this run is not the one in the settings
        Engine engine = engines.start(engines.options("one").withPort(given));
        try (ServerSocket other = new ServerSocket(0)) {
            Set<Integer> before = listening();

            assertThat(failed(engine.changeSettings(engine.settings().withPort(other.getLocalPort()))))
                    .contains(String.valueOf(other.getLocalPort()));

            assertThat(listening()).isEqualTo(before);
        }
        assertListens(given);
        assertThat(engine.snapshot().port()).isEqualTo(new PortState(given, PortState.Kind.OPEN, "One port: " + given + ", open"));
    }

    @Test
    void listeningAgainAfterReceiveOnlyChoosesAPortOnceAndKeepsIt() throws Exception {
        Engine engine = engines.start(engines.options("one").withPort(0));
        done(engine.changeSettings(engine.settings().withReceiveOnly(true)));
        assertThat(engine.settings().port()).isZero();

        done(engine.changeSettings(engine.settings().withReceiveOnly(false)));

        int port = engine.settings().port();
        assertThat(port).isBetween(49_152, 65_535);
        assertListens(port);
        await().atMost(SOON).until(() -> engine.snapshot().port().port() == port);
    }

    @Test
    void theSameNumberAnswersInIpv4AndIpv6() throws Exception {
        Engine engine = engines.start("one");
        int port = engine.snapshot().port().port();

        RawPeer.connect(new InetSocketAddress("127.0.0.1", port)).close();
        assumeTrue(hasIpv6Loopback(), "this machine has no IPv6");
        RawPeer.connect(new InetSocketAddress("::1", port)).close();
        int next = port == 65_535 ? port - 1 : port + 1;
        done(engine.changeSettings(engine.settings().withPort(next)));
        RawPeer.connect(new InetSocketAddress("127.0.0.1", next)).close();
        RawPeer.connect(new InetSocketAddress("::1", next)).close();
        for (String loopback : new String[] {"127.0.0.1", "::1"}) {
            assertThatThrownBy(() -> RawPeer.connect(new InetSocketAddress(loopback, port)).close()).isInstanceOf(ConnectException.class);
        }
    }

    private static boolean hasIpv6Loopback() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Local TCP ports this process listens on, IPv4 and IPv6, as the kernel sees them. */
    private static Set<Integer> listening() throws IOException {
        Set<String> ours;
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            ours = open.map(DoorTest::target).filter(t -> t.startsWith("socket:[")).map(t -> t.substring(8, t.length() - 1))
                    .collect(Collectors.toSet());
        }
        Set<Integer> ports = new HashSet<>();
        for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[3].equals("0A") && ours.contains(fields[9])) {
                    ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1).toUpperCase(Locale.ROOT), 16));
                }
            }
        }
        return ports;
    }

    private static String target(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }
}
