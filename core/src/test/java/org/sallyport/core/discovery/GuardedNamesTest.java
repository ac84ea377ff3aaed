package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.Addresses;
import org.sallyport.core.transport.NetworkGuard;
import org.sallyport.core.transport.NetworkLoop;
import org.sallyport.core.transport.Outlet;

/** The loopback interface, with a name server of ours on it. */
@Timeout(60)
class GuardedNamesTest {
    private final NetworkLoop loop = new NetworkLoop();
    private final NetworkGuard guard = new NetworkGuard(loop);
    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private DatagramSocket server;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws Exception {
        assumeTrue(NetworkInterface.getByName("lo") != null, "no interface lo on this system");
        server = new DatagramSocket(0, Addresses.of("127.0.0.1"));
        CompletableFuture.runAsync(this::answerAll);
    }

    @AfterEach
    void close() {
        server.close();
        loop.close();
    }

    /** 127.1.2.3 for IPv4; the first question is not answered, as if it had been lost. */
    private void answerAll() {
        try {
            while (true) {
                DatagramPacket question = new DatagramPacket(new byte[512], 512);
                server.receive(question);
                byte[] message = Arrays.copyOf(question.getData(), question.getLength());
                int type = message[message.length - 3];
                asked.add(type);
                if (asked.size() > 1) {
                    server.send(new DatagramPacket(reply(message, type == 1), message.length + (type == 1 ? 16 : 0), question.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static byte[] reply(byte[] question, boolean withAddress) {
        byte[] reply = Arrays.copyOf(question, question.length + (withAddress ? 16 : 0));
        reply[2] = (byte) 0x81;
        reply[3] = (byte) 0x80;
        if (withAddress) {
            reply[7] = 1;
            byte[] record = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 1, 2, 3};
            System.arraycopy(record, 0, reply, question.length, record.length);
        }
        return reply;
    }

    private GuardedNames names(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("resolv.conf"), List.of(lines));
        return new GuardedNames(new Outlet(loop, guard), new NameServers(List.of(folder.resolve("missing"), file)), server.getLocalPort());
    }

    @Test
    void withAnInterfaceChosenNamesAreAskedThroughIt() throws Exception {
        guard.choose("lo");

        InetAddress[] found = names("# ours", "search example", "nameserver 192.0.2.1", "nameserver 127.0.0.1 ").resolve("tracker.example");

        assertThat(found).containsExactly(Addresses.of("127.1.2.3"));
        assertThat(asked).startsWith(1, 1).hasSizeBetween(2, 3);
    }

    @Test
    void addressesAreNotAskedFor() throws Exception {
        guard.choose("lo");

        assertThat(names("nameserver 127.0.0.1").resolve("203.0.113.5")).containsExactly(Addresses.of("203.0.113.5"));
        assertThat(names("nameserver 127.0.0.1").resolve("[2001:db8::5]")).containsExactly(Addresses.of("2001:db8::5"));
        assertThat(asked).isEmpty();
    }

    @Test
    void withoutAServerBehindTheInterfaceNamesAreRefused() throws Exception {
        guard.choose("lo");

        for (String line : new String[] {"", "nameserver", "nameserver tracker.example", "nameserver 192.0.2.1"}) {
            assertThatThrownBy(() -> names(line).resolve("tracker.example")).isInstanceOfSatisfying(CheckedAddresses.RefusedAddressException.class,
                    e -> assertThat(e.refusal().rule()).isEqualTo("network.no-name-server"));
        }
    }

    @Test
    void whileTheInterfaceIsAwayNamesAreRefused() throws Exception {
        guard.choose("nosuch0");

        assertThatThrownBy(() -> names("nameserver 127.0.0.1").resolve("tracker.example")).isInstanceOfSatisfying(
                CheckedAddresses.RefusedAddressException.class, e -> assertThat(e.refusal().rule()).isEqualTo("network.waiting"));
        assertThat(asked).isEmpty();
    }

    @Test
    void onAnyNetworkTheSystemIsAsked() throws Exception {
        assertThat(names("nameserver 127.0.0.1").resolve("localhost")).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
        assertThat(asked).isEmpty();
    }

    @Test
    void aRefusalComesThroughTheLookUpAsItIs() throws Exception {
        guard.choose("nosuch0");
        try (NameLookup lookup = new NameLookup(names("nameserver 127.0.0.1"))) {
            assertThatThrownBy(() -> lookup.resolve("tracker.example", Duration.ofSeconds(10)))
                    .isInstanceOf(UnknownHostException.class).isInstanceOf(CheckedAddresses.RefusedAddressException.class);
        }
    }
}
