package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningSocketTest {
    @ParameterizedTest
    @CsvSource({"tcp, 0A, true", "tcp, 01, false", "udp, 07, true", "udp, 01, false", "udp, 0A, false"})
    void onlySocketsThatStrangersReachAreListed(String protocol, String state, boolean listed) throws IOException {
        String row = "  12: 00000000:C8D5 00000000:0000 " + state + " 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000 100 0 0 10 0";

        assertThat(ListeningSocket.parse(protocol, row, Set.of("4711")).isPresent()).isEqualTo(listed);
    }

    @Test
    void theSocketsOfOthersAreLeftOut() throws IOException {
        String row = "   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 99 1 0000 100 0 0 10 0";

        assertThat(ListeningSocket.parse("tcp", row, Set.of("4711"))).isEmpty();
        assertThat(ListeningSocket.parse("tcp", "  sl  local_address rem_address   st tx_queue", Set.of("4711"))).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aSocketWeOpenIsFoundAndAClosedOneIsNot() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(ListeningSocket.ofThisProcess()).filteredOn(s -> s.port() == port).singleElement()
                    .satisfies(s -> assertThat(s.address()).endsWith("127.0.0.1".substring(s.protocol().equals("tcp") ? 0 : 9)));
        }
        assertThat(ListeningSocket.ofThisProcess()).noneMatch(s -> s.port() == port && s.protocol().startsWith("tcp"));
    }
}
