package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.soon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sallyport.core.testkit.RawListener;
import org.sallyport.core.testkit.RawPeer;

/** One port or none (I1), as the kernel counts it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class ListenTest {
    private static final String LISTENING = "0A";

    @Test
    void openPortIsOneSocketAndShutPortIsNone() throws Exception {
        Set<Integer> before = listening();
        try (Doors doors = new Doors(NEVER)) {
            assertThat(added(before)).containsExactly(doors.number);
            RawPeer peer = doors.guest("stays");

            doors.port.shut();

            assertThat(added(before)).isEmpty();
            peer.send(RawPeer.frame(1));
            soon().until(() -> doors.onlyGuest().lines().contains("unchoke"));
            assertThatIOException().isThrownBy(doors::stranger);
            assertThat(doors.port.open(doors.number)).isEqualTo(doors.number);
            doors.guest("comes");
        }
        assertThat(added(before)).isEmpty();
    }

    @Test
    void busyPortIsSaidAndNothingElseIsOpened() throws Exception {
        try (Doors doors = new Doors(NEVER); RawListener taken = RawPeer.listen()) {
            Set<Integer> before = listening();
            PeerPort second = new PeerPort(doors.loop, doors.house, new NetworkGuard(doors.loop), NEVER);

            for (int busy : List.of(doors.number, taken.address().getPort())) {
                assertThatIOException().isThrownBy(() -> second.open(busy)).withMessage("cannot listen on port " + busy);
                assertThat(listening()).isEqualTo(before);
            }
            second.shut();
            doors.guest("first");
        }
    }

    private static Set<Integer> added(Set<Integer> before) throws IOException {
        Set<Integer> now = listening();
        now.removeAll(before);
        return now;
    }

    /** Ports on which this process listens, TCP and both families. */
    private static Set<Integer> listening() throws IOException {
        Set<String> ours = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            for (Path file : files.toList()) {
                try {
                    ours.add(Files.readSymbolicLink(file).toString());
                } catch (NoSuchFileException closedMeanwhile) {
                    // the listing has a descriptor of its own
                }
            }
        }
        Set<Integer> ports = new HashSet<>();
        for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[3].equals(LISTENING) && ours.contains("socket:[" + fields[9] + "]")) {
                    ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }
}
