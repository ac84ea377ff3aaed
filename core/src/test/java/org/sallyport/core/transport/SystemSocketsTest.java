package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class SystemSocketsTest {
    @TempDir
    Path proc;

    @BeforeEach
    void emptyTables() throws IOException {
        Files.createDirectories(proc.resolve("fd"));
        Files.createDirectories(proc.resolve("net"));
        table("tcp", "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 0A, true, false", "tcp, 01, false, true", "tcp6, 0A, true, false", "tcp, 08, false, false",
        "udp, 07, true, false", "udp, 01, false, true", "udp6, 07, true, false", "udp, 0A, false, false",
        "udplite, 07, true, false", "raw, 07, true, false", "raw6, 01, true, false"})
    void aRowSaysWhetherStrangersReachTheSocket(String protocol, String state, boolean open, boolean connected) throws IOException {
        own("4711");
        table(protocol, "  12: 0100007F:C8D5 00000000:0000 " + state
                + " 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000 100 0 0 10 0");

        SystemSocket socket = new SystemSocket(protocol, "127.0.0.1", 51413, state, "4711");
        assertThat(read()).containsExactly(socket);
        assertThat(socket.isOpenToStrangers()).isEqualTo(open);
        assertThat(socket.isConnected()).isEqualTo(connected);
        assertThat(socket.isLocal()).isFalse();
    }

    @Test
    void theSocketsOfOthersAreLeftOut() throws IOException {
        own("4711");
        table("tcp", "   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 99 1 0000 100 0 0 10 0");

        assertThat(read()).containsExactly(new SystemSocket("other", "", 0, "", "4711"));
    }

    @Test
    void unixAndPacketSocketsAreSeen() throws IOException {
        own("20");
        own("21");
        own("22");
        table("unix", """
                Num       RefCount Protocol Flags    Type St Inode Path
                00000000d5b772e6: 00000002 00000000 00010000 0001 01 20 /home/me/my data/control
                00000000d5b772e7: 00000002 00000000 00000000 0001 03 21""");
        table("packet", """
                sk               RefCnt Type Proto  Iface R Rmem   User   Inode
                ffff88810e4f3000 3      3    0003   2     1 0      0      22""");

        assertThat(read()).containsExactly(new SystemSocket("unix", "/home/me/my data/control", 0, "", "20"),
                new SystemSocket("unix", "", 0, "", "21"), new SystemSocket("packet", "", 0, "", "22"));
        assertThat(read()).extracting(SystemSocket::isOpenToStrangers).containsExactly(false, false, true);
    }

    @Test
    void aSystemWithoutTablesIsNotRead() throws IOException {
        assertThat(new SystemSockets(proc).isAvailable()).isTrue();
        Files.delete(proc.resolve("net/tcp"));
        assertThat(new SystemSockets(proc).isAvailable()).isFalse();
    }

    @Test
    void aSocketWeOpenIsFoundAndAClosedOneIsNot() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(SystemSockets.ofThisProcess().read()).filteredOn(s -> s.port() == port && s.isOpenToStrangers()).singleElement()
                    .satisfies(s -> assertThat(s.address()).endsWith("127.0.0.1".substring(s.protocol().equals("tcp") ? 0 : 9)));
        }
        assertThat(SystemSockets.ofThisProcess().read()).noneMatch(s -> s.port() == port && s.isOpenToStrangers());
    }

    private List<SystemSocket> read() throws IOException {
        return new SystemSockets(proc).read();
    }

    private void own(String inode) throws IOException {
        Files.createSymbolicLink(proc.resolve("fd/" + inode), Path.of("socket:[" + inode + "]"));
    }

    private void table(String name, String text) throws IOException {
        Files.writeString(proc.resolve("net").resolve(name), text + "\n");
    }
}
