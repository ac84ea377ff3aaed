package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.soon;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.Addresses;
import org.sallyport.core.testkit.RawListener;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.wire.Handshake;

/** The loopback interface, which every machine has, comes and goes in a table that stands for the system. */
@Timeout(60)
class NetworkGuardTest {
    private static final InetAddress HOME = Addresses.of("127.0.0.1");
    private static final int INDEX = LocalNetworks.find("lo").map(LocalNetworks.Up::index).orElse(0);

    private final NetworkLoop loop = new NetworkLoop();
    private final OpenHouse house = new OpenHouse();
    private final Map<String, LocalNetworks.Up> system = new ConcurrentHashMap<>(Map.of("lo", new LocalNetworks.Up(INDEX, Set.of(HOME))));

    @AfterEach
    void close() {
        loop.close();
    }

    private NetworkGuard guard(boolean byDevice) {
        assumeTrue(!byDevice || loop.knowsDevices(), "sockets cannot be bound to an interface here");
        NetworkGuard guard = new NetworkGuard(loop, name -> Optional.ofNullable(system.get(name)), byDevice);
        guard.choose("lo");
        return guard;
    }

    private PeerPort port(NetworkGuard guard) {
        house.share(HASH, LinkLog::new);
        return new PeerPort(loop, house, guard, NEVER);
    }

    private LinkLog dial(PeerPort port, PeerAddress to) {
        LinkLog handler = new LinkLog();
        loop.executor().execute(() -> port.dial(to, Handshake.ours(HASH, RawPeer.peerId("dialler")), OpenHouse.PIECES, handler));
        return handler;
    }

    private static PeerAddress at(String host, int port) {
        return new PeerAddress(Addresses.of(host), port);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void peersAreExchangedWithThroughTheInterface(boolean byDevice) throws Exception {
        PeerPort port = port(guard(byDevice));
        int number = port.open(0);

        LinkLog handler = dial(port, at("127.0.0.1", number));

        soon().until(handler::isOpened);
        port.shut();
    }

    @Test
    void withoutDevicesOnlyAddressesOfTheInterfaceAnswer() throws Exception {
        PeerPort port = port(guard(false));
        int number = port.open(0);

        RawPeer.connect(new InetSocketAddress("127.0.0.1", number)).close();
        assertThatThrownBy(() -> RawPeer.connect(new InetSocketAddress("127.0.0.2", number)).close()).isInstanceOf(ConnectException.class);
        port.shut();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenTheInterfaceGoesEverythingIsCutOffAndComesBackWithIt(boolean byDevice) throws Exception {
        NetworkGuard guard = guard(byDevice);
        PeerPort port = port(guard);
        int number = port.open(0);
        LinkLog handler = dial(port, at("127.0.0.1", number));
        soon().until(handler::isOpened);

        system.clear();
        assertThat(guard.look()).isTrue();
        assertThat(guard.look()).isFalse();
        guard.cutOff();

        soon().until(() -> loop.executor().submit(port::connections).get() == 0);
        soon().untilAsserted(() -> assertThatThrownBy(() -> RawPeer.connect(number).close()).isInstanceOf(ConnectException.class));
        assertThat(guard.way().isWaiting()).isTrue();
        assertThatIOException().isThrownBy(() -> port.open(number));

        system.put("lo", new LocalNetworks.Up(INDEX, Set.of(HOME)));
        assertThat(guard.look()).isTrue();
        port.shut();
        assertThat(port.open(number)).isEqualTo(number);
        LinkLog again = dial(port, at("127.0.0.1", number));
        soon().until(again::isOpened);
        port.shut();
    }

    @Test
    void whileTheInterfaceIsAwayNobodyIsDialled() throws Exception {
        NetworkGuard guard = guard(false);
        system.clear();
        guard.look();
        try (RawListener listener = RawPeer.listen()) {
            LinkLog handler = dial(port(guard), PeerAddress.of(listener.address()));

            soon().until(() -> !handler.ends().isEmpty());
            assertThat(handler.ends()).containsExactly("closed network.waiting");
        }
    }

    @Test
    void anAddressOfAnotherFamilyIsNotDialled() {
        LinkLog handler = dial(port(guard(false)), at("::1", 4711));

        soon().until(() -> !handler.ends().isEmpty());
        assertThat(handler.ends()).containsExactly("closed network.family");
    }

    @Test
    void anInterfaceThatTheSystemDoesNotKnowOpensNothing() {
        NetworkGuard guard = guard(true);
        system.put("nosuch0", new LocalNetworks.Up(99, Set.of(HOME)));
        guard.choose("nosuch0");

        assertThatIOException().isThrownBy(() -> port(guard).open(0));
        LinkLog handler = dial(port(guard), at("127.0.0.1", 9));
        soon().until(() -> !handler.ends().isEmpty());
        assertThatThrownBy(() -> new Outlet(loop, guard).socket().connect(new InetSocketAddress(HOME, 9), 1000)).isInstanceOf(IOException.class);
    }

    @Test
    void connectionsOfAnAddressThatWentAreCutOffAndOthersStay() throws Exception {
        InetAddress second = Addresses.of("127.0.0.2");
        system.put("lo", new LocalNetworks.Up(INDEX, Set.of(HOME, second)));
        NetworkGuard guard = guard(false);
        PeerPort port = port(guard);
        int number = port.open(0);
        LinkLog stays = dial(port, at("127.0.0.1", number));
        soon().until(stays::isOpened);
        RawPeer goes = RawPeer.dial(new InetSocketAddress(second, number), HASH, RawPeer.peerId("second"));
        goes.readHandshake();

        system.put("lo", new LocalNetworks.Up(INDEX, Set.of(HOME)));
        guard.look();
        guard.cutOff();

        // both ends of the one that stays
        soon().untilAsserted(() -> assertThat(loop.executor().submit(port::connections).get()).isEqualTo(2));
        assertThat(stays.ends()).isEmpty();
        assertThatIOException().isThrownBy(goes::readFrame);
        goes.close();
        port.shut();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBlockingSocketTalksThroughTheInterface(boolean byDevice) throws Exception {
        Outlet outlet = new Outlet(loop, guard(byDevice));
        try (ServerSocket server = new ServerSocket(0, 1, HOME); Socket socket = outlet.socket()) {
            socket.connect(new InetSocketAddress(HOME, server.getLocalPort()), 5_000);
            try (Socket other = server.accept()) {
                byte[] large = "0123456789".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(other, large));
                assertThat(socket.getInputStream().readNBytes(large.length)).isEqualTo(large);
                sending.get(10, TimeUnit.SECONDS);
                socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                assertThat(other.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
                assertThat(socket.getLocalAddress()).isEqualTo(HOME);
                assertThat(socket.getInetAddress()).isEqualTo(HOME);
                socket.setSoTimeout(50);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            }
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void send(Socket to, byte[] bytes) {
        try {
            to.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBlockedReadEndsWhenTheSocketIsClosedOrTheInterfaceGoes() throws Exception {
        NetworkGuard guard = guard(false);
        Outlet outlet = new Outlet(loop, guard);
        try (ServerSocket server = new ServerSocket(0, 2, HOME); Socket closed = outlet.socket(); Socket cut = outlet.socket()) {
            closed.connect(new InetSocketAddress(HOME, server.getLocalPort()), 5_000);
            cut.connect(new InetSocketAddress(HOME, server.getLocalPort()), 5_000);
            CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> read(closed));
            CompletableFuture<Integer> other = CompletableFuture.supplyAsync(() -> read(cut));

            closed.close();
            system.clear();
            guard.look();
            guard.cutOff();

            assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
            assertThatThrownBy(() -> outlet.socket().connect(new InetSocketAddress(HOME, server.getLocalPort()), 1000))
                    .isInstanceOf(ConnectException.class).hasMessageStartingWith("Waiting for lo.");
        }
    }

    /** What was asked of a tracker while any network would do must not go on by it. */
    @Test
    void choosingAnInterfaceEndsBlockingSocketsOfBefore() throws Exception {
        NetworkGuard guard = guard(false);
        guard.choose("");
        Outlet outlet = new Outlet(loop, guard);
        try (ServerSocket server = new ServerSocket(0, 2, HOME); Socket open = outlet.socket(); Socket later = outlet.socket()) {
            open.connect(new InetSocketAddress(HOME, server.getLocalPort()), 5_000);
            CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> read(open));

            guard.choose("nosuch0");
            guard.cutOff();

            assertThat(reading.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
            assertThatThrownBy(() -> later.connect(new InetSocketAddress(HOME, server.getLocalPort()), 1000))
                    .isInstanceOf(ConnectException.class).hasMessageStartingWith("Waiting for nosuch0.");
        }
    }

    private static int read(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (SocketException e) {
            return -1;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDatagramIsAnsweredByTheServerThatWasAsked(boolean byDevice) throws Exception {
        Outlet outlet = new Outlet(loop, guard(byDevice));
        try (DatagramSocket server = new DatagramSocket(0, HOME)) {
            server.setSoTimeout(10_000);
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> answer(server, "nonsense", "answer"));

            InetSocketAddress place = new InetSocketAddress(HOME, server.getLocalPort());
            Bytes answer = outlet.ask(place, bytes("question"), bytes("answer")::equals, Duration.ofSeconds(10));

            assertThat(answer).isEqualTo(bytes("answer"));
            serving.get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> outlet.ask(place, bytes("again"), any -> true, Duration.ofMillis(100)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static void answer(DatagramSocket server, String... texts) {
        try {
            DatagramPacket question = new DatagramPacket(new byte[100], 100);
            server.receive(question);
            for (String text : texts) {
                server.send(new DatagramPacket(text.getBytes(StandardCharsets.US_ASCII), text.length(), question.getSocketAddress()));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.US_ASCII));
    }
}
