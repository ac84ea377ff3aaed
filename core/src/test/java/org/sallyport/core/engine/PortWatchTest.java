package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sallyport.core.model.PortState;
import org.sallyport.core.testkit.VirtualLoop;
import org.sallyport.core.transport.SystemSockets;

@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a program is not told its sockets")
class PortWatchTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final List<String> told = new ArrayList<>();
    private volatile PortState door = new PortState(0, PortState.Kind.RECEIVE_ONLY, "Receive only: no port is open");
    private volatile Map<Integer, String> datagrams = Map.of();
    private final PortWatch watch = new PortWatch(SystemSockets.ofThisProcess(), () -> door, () -> datagrams, Path.of("/nowhere/control"), loop,
            (severity, id, sentence, facts) -> told.add(id + " " + facts.get("port")));

    private void look() {
        try {
            watch.look();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onceAMinuteEachNewUnexpectedListenerIsToldOnce() throws IOException {
        try (ServerSocket first = new ServerSocket(0)) {
            String firstEvent = "port.unexpected " + first.getLocalPort();
            PortWatch.rhythm(loop, this::look);

            loop.advance(Duration.ofSeconds(59));
            assertThat(told).doesNotContain(firstEvent);
            loop.advance(Duration.ofSeconds(1));
            assertThat(told).containsOnlyOnce(firstEvent);
            try (ServerSocket second = new ServerSocket(0)) {
                loop.advance(Duration.ofSeconds(60));
                assertThat(told).containsOnlyOnce(firstEvent, "port.unexpected " + second.getLocalPort());
            }
        }
    }

    @Test
    void aListenerIsExpectedOnlyWhileItIsTheDoor() throws IOException {
        try (ServerSocket listener = new ServerSocket(0)) {
            int port = listener.getLocalPort();
            door = new PortState(port, PortState.Kind.OPEN, "One port: " + port + ", open");
            look();
            assertThat(told).doesNotContain("port.unexpected " + port);

            door = new PortState(port, PortState.Kind.BUSY, "Port " + port + " is used by another program");
            look();
            assertThat(told).containsOnlyOnce("port.unexpected " + port);
            assertThat(watch.look().unexpected().get(0).expected()).as("what should not be there comes first").isFalse();
        }
    }
}
