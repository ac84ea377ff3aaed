package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sallyport.core.transport.Doors.soon;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.testkit.Addresses;
import org.sallyport.core.testkit.FreePort;
import org.sallyport.core.transport.DatagramPort.Lane;
import org.sallyport.core.transport.DatagramPort.Purpose;
import org.sallyport.core.transport.DatagramPort.State;
import org.sallyport.core.transport.DatagramPort.Use;

/** The UDP socket on loopback, with a partner of the test's own. */
@Timeout(60)
class DatagramPortTest {
    private static final InetAddress HOME = Addresses.of("127.0.0.1");
    private static final InetAddress ALL = new InetSocketAddress(0).getAddress();
    private static final int INDEX = LocalNetworks.find("lo").map(LocalNetworks.Up::index).orElse(0);

    private final NetworkLoop loop = new NetworkLoop();
    private final Map<String, LocalNetworks.Up> system = new ConcurrentHashMap<>(Map.of("lo", new LocalNetworks.Up(INDEX, Set.of(HOME))));
    private final CopyOnWriteArrayList<String> got = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Integer> busy = new CopyOnWriteArrayList<>();
    private volatile boolean blocked;
    private final NetworkGuard any = new NetworkGuard(loop);
    private DatagramPort port = port(any);
    private final DatagramSocket partner = open();

    private static DatagramSocket open() {
        try {
            DatagramSocket socket = new DatagramSocket(0, HOME);
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
            return socket;
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
    }

    private DatagramPort port(NetworkGuard guard) {
        return new DatagramPort(loop, guard, new DatagramHost() {
            @Override
            public Optional<Refusal> refusal(InetSocketAddress remote, boolean incoming) {
                return blocked ? Optional.of(new Refusal("test.blocked", "blocked")) : Optional.empty();
            }

            @Override
            public void busy(int number) {
                busy.add(number);
            }
        });
    }

    @AfterEach
    void close() {
        partner.close();
        loop.close();
    }

    private Use use() {
        return port.use(Lane.OTHER, (datagram, from) -> {
            got.add(StandardCharsets.US_ASCII.decode(datagram) + " from " + from.getAddress().getHostAddress());
            return true;
        });
    }

    private void opened(Use use) throws Exception {
        use.opened().get(20, TimeUnit.SECONDS);
    }

    private Optional<Refusal> send(String text, InetSocketAddress to) throws Exception {
        return loop.executor().submit(() -> port.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), to, Purpose.QUESTION)).get();
    }

    private void tell(String text, InetAddress host, int number) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        partner.send(new DatagramPacket(bytes, bytes.length, host, number));
    }

    private String heard() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[3000], 3000);
        partner.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII) + " from port " + packet.getPort();
    }

    private InetSocketAddress partnerAddress() {
        return (InetSocketAddress) partner.getLocalSocketAddress();
    }

    private static boolean isFree(int number) {
        try (DatagramSocket probe = new DatagramSocket(number)) {
            return probe.isBound();
        } catch (SocketException e) {
            return false;
        }
    }

    @Test
    void itIsOpenWhileSomethingUsesItAndNoLonger() throws Exception {
        int number = FreePort.any();
        port.open(ALL, number);
        assertThat(port.state()).isEqualTo(State.UNUSED);
        assertThat(isFree(number)).isTrue();

        Use first = use();
        opened(first);
        Use second = port.use(Lane.DHT, (datagram, from) -> true);
        opened(second);
        assertThat(port.number()).isEqualTo(number);
        assertThat(isFree(number)).isFalse();
        first.close();
        first.close();
        tell("d", HOME, number);
        soon().until(() -> port.counts().taken() == 1);

        second.close();
        soon().until(() -> port.state() == State.UNUSED);
        assertThat(isFree(number)).isTrue();
    }

    @Test
    void whatIsSentComesFromTheOneNumberAndAnswersComeBackToIt() throws Exception {
        int number = FreePort.any();
        port.open(ALL, number);
        opened(use());

        assertThat(send("question", partnerAddress())).isEmpty();
        assertThat(heard()).isEqualTo("question from port " + number);
        tell("answer", HOME, number);
        soon().until(() -> got.contains("answer from 127.0.0.1"));
    }

    @Test
    void bothAddressFamiliesAreServed() throws Exception {
        InetAddress six = Addresses.of("::1");
        assumeTrue(LocalNetworks.find("lo").filter(lo -> lo.addresses().contains(six)).isPresent(), "this computer has no IPv6");
        int number = FreePort.any();
        port.open(ALL, number);
        opened(use());
        try (DatagramSocket other = new DatagramSocket(0, six)) {
            other.send(new DatagramPacket(new byte[] {'x'}, 1, six, number));
            soon().untilAsserted(() -> assertThat(got).singleElement().asString().startsWith("x from 0:0:0:0:0:0:0:1"));
            assertThat(send("to six", (InetSocketAddress) other.getLocalSocketAddress())).isEmpty();
            DatagramPacket packet = new DatagramPacket(new byte[10], 10);
            other.setSoTimeout(20_000);
            other.receive(packet);
            assertThat(packet.getLength()).isEqualTo(6);
        }
    }

    @Test
    void itMovesWithThePortWhileItIsUsed() throws Exception {
        int before = FreePort.any();
        int after = FreePort.any();
        port.open(ALL, before);
        opened(use());
        port.open(ALL, after);

        assertThat(isFree(before)).isTrue();
        tell("moved", HOME, after);
        soon().until(() -> got.contains("moved from 127.0.0.1"));
        port.shut();
        assertThat(isFree(after)).isTrue();
        assertThat(send("late", partnerAddress())).map(Refusal::rule).contains(DatagramPort.CLOSED);
    }

    @Test
    void aNumberThatAnotherProgramHasIsSaidAndNothingElseIsOpened() throws Exception {
        int taken = partner.getLocalPort();
        assertThatIOException().as("also while nobody uses it").isThrownBy(() -> port.open(HOME, taken))
                .withMessageContaining("cannot use UDP port " + taken);
        assertThat(busy).isEmpty();
        assertThat(use().opened()).failsWithin(20, TimeUnit.SECONDS).withThrowableOfType(ExecutionException.class)
                .withMessageContaining("cannot use UDP port " + taken);
        assertThat(port.state()).isEqualTo(State.BUSY);
        assertThat(busy).containsExactly(taken);
        assertThat(port.number()).isZero();

        assertThatIOException().isThrownBy(() -> port.open(HOME, taken)).withMessageContaining("cannot use UDP port " + taken);
        assertThat(busy).as("told once").containsExactly(taken);
        port.open(HOME, FreePort.any());
        assertThat(port.state()).isEqualTo(State.OPEN);
    }

    @Test
    void whatIsTooLongIsNeitherSentNorLookedAt() throws Exception {
        int number = FreePort.any();
        port.open(ALL, number);
        opened(use());

        assertThat(send("x".repeat(DatagramPort.MAX_SENT_BYTES + 1), partnerAddress())).map(Refusal::rule).contains(DatagramPort.TOO_LONG);
        assertThat(send("", partnerAddress())).map(Refusal::rule).contains(DatagramPort.TOO_LONG);
        tell("x".repeat(DatagramPort.MAX_RECEIVED_BYTES + 1), HOME, number);
        tell("", HOME, number);
        soon().until(() -> port.counts().refused() == 2);
        tell("y".repeat(DatagramPort.MAX_RECEIVED_BYTES), HOME, number);
        soon().until(() -> got.size() == 1);
    }

    @Test
    void aRefusedAddressIsNeitherSentToNorHeard() throws Exception {
        int number = FreePort.any();
        port.open(ALL, number);
        opened(use());
        blocked = true;

        assertThat(send("x", partnerAddress())).map(Refusal::rule).contains("test.blocked");
        tell("x", HOME, number);
        soon().until(() -> port.counts().refused() == 1);
        blocked = false;
        tell("y", HOME, number);
        soon().until(() -> got.contains("y from 127.0.0.1"));
        assertThat(got).hasSize(1);
    }

    @Test
    void forAnswersOnlyItHasAnyNumberAndHearsWhomItAsked() throws Exception {
        port.openForAnswers(ALL);
        opened(use());
        int number = port.number();
        assertThat(number).isPositive();
        assertThat(port.isForAnswersOnly()).isTrue();
        tell("nobody asked", HOME, number);
        soon().until(() -> port.counts().refused() == 1);

        assertThat(send("question", partnerAddress())).isEmpty();
        assertThat(heard()).isEqualTo("question from port " + number);
        tell("answer", HOME, number);
        soon().until(() -> got.contains("answer from 127.0.0.1"));

        port.openForAnswers(ALL);
        assertThat(port.number()).as("asked again, nothing changes").isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itGoesTheChosenWayAndIsCutOffWithIt(boolean byDevice) throws Exception {
        assumeTrue(!byDevice || loop.knowsDevices(), "sockets cannot be bound to an interface here");
        NetworkGuard guard = new NetworkGuard(loop, name -> Optional.ofNullable(system.get(name)), byDevice);
        guard.choose("lo");
        port = port(guard);
        int number = FreePort.any();
        port.open(ALL, number);
        opened(use());
        tell("by lo", HOME, number);
        soon().until(() -> got.contains("by lo from 127.0.0.1"));

        system.clear();
        assertThat(guard.look()).isTrue();
        guard.cutOff();

        soon().until(() -> port.state() == State.CLOSED);
        assertThat(isFree(number)).isTrue();
        assertThat(send("x", partnerAddress())).map(Refusal::rule).contains(NetworkWay.WAITING);
    }
}
