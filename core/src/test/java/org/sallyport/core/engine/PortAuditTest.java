package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.model.SocketSnapshot;
import org.sallyport.core.model.SocketSnapshot.State;

/** The audit sees what the process has, and tells the one port from everything else (I1). */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a program is not told its sockets")
class PortAuditTest {
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

    @Test
    void theOnePortIsExpectedAndSoIsAPeerInIt() throws Exception {
        Engine engine = engines.start("one");
        int port = engine.snapshot().port().port();

        try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            PortAudit audit = done(engine.auditPort());

            assertThat(audit.fromSystem()).isTrue();
            assertThat(at(audit, port)).filteredOn(socket -> socket.state() == State.LISTENING).singleElement()
                    .satisfies(socket -> assertThat(socket.expected()).isTrue())
                    .satisfies(socket -> assertThat(socket.owner()).isEqualTo("the one port, for peers"));
            assertThat(at(audit, peer.getLocalPort())).extracting(SocketSnapshot::state).containsExactly(State.CONNECTED);
        }
    }

    @Test
    void aPlantedListenerIsToldOnceAndShowsUntilItIsGone() throws Exception {
        Engine engine = engines.start("one");
        int before = done(engine.auditPort()).unexpected().size();
        int planted;
        try (ServerSocket listener = new ServerSocket(0)) {
            planted = listener.getLocalPort();

            PortAudit audit = done(engine.auditPort());
            done(engine.auditPort());

            assertThat(at(audit, planted)).singleElement().satisfies(socket -> {
                assertThat(socket.expected()).isFalse();
                assertThat(socket.state()).isEqualTo(State.LISTENING);
            });
            await().atMost(SOON).until(() -> engine.snapshot().port().unexpected() == before + 1);
            assertThat(engine.snapshot().port().sentence()).contains("that should not be");
            awaitEvent(engine, "port.unexpected");
            assertThat(events(engine, "port.unexpected").stream().filter(e -> e.fact("port").equals(String.valueOf(planted)))).hasSize(1);
        }

        assertThat(at(done(engine.auditPort()), planted)).isEmpty();
        await().atMost(SOON).until(() -> engine.snapshot().port().unexpected() == before);
    }

    @Test
    void aPlantedDatagramSocketIsUnexpectedUntilItIsConnected() throws Exception {
        Engine engine = engines.start("one");
        try (DatagramSocket datagrams = new DatagramSocket()) {
            assertThat(at(done(engine.auditPort()), datagrams.getLocalPort())).extracting(SocketSnapshot::expected).containsExactly(false);

            datagrams.connect(InetAddress.getLoopbackAddress(), 9);
            assertThat(at(done(engine.auditPort()), datagrams.getLocalPort())).extracting(SocketSnapshot::expected).containsExactly(true);
        }
    }

    @Test
    void inReceiveOnlyNoListenerIsExpected() throws Exception {
        Engine engine = engines.start(engines.options("one").withPort(0));
        try (ServerSocket listener = new ServerSocket(0)) {
            assertThat(at(done(engine.auditPort()), listener.getLocalPort())).extracting(SocketSnapshot::expected).containsExactly(false);
        }
    }

    private static List<SocketSnapshot> at(PortAudit audit, int port) {
        return audit.sockets().stream().filter(socket -> socket.port() == port).toList();
    }
}
