package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.events;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.Aftermath;

/** Callers in TLS who know nothing: each kind is an event, and many of them are not many events. */
@Tag("hostile")
class TlsNoiseTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    @RegisterExtension
    final EngineAftermath after = new EngineAftermath(() -> this.engines.all());
    private static final int CALLERS = 20;

    @TempDir
    private Path temp;
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
    void callersWithoutTokenAreToldOnceForAll() throws Exception {
        Engine engine = engines.start("one");
        TestEngines.done(engine.devices().identify());

        for (int caller = 0; caller < CALLERS; caller++) {
            call(engine, "example.org");
        }
        call(engine, "a".repeat(52) + "." + "b".repeat(20));

        awaitEvent(engine, "device.stranger");
        await().atMost(SOON).until(() -> engine.snapshot().connections() == 0);
        assertThat(events(engine, "device.stranger")).allSatisfy(event -> {
            assertThat(event.fact("rule")).isEqualTo("tls.no-token");
            assertThat(event.sentence()).contains("nothing needs to be done");
        });
        // one in ten seconds: as many as the handshake deadline lets them live, and the one at the start
        assertThat(events(engine, "device.stranger")).hasSizeLessThan(CALLERS / 4);
    }

    private static void call(Engine engine, String serverName) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(TestEngines.socketOf(engine));
            socket.getOutputStream().write(hello(serverName));
            socket.shutdownOutput();
            socket.setSoTimeout((int) SOON.toMillis());
            byte[] answer = socket.getInputStream().readAllBytes(); // what noise gets, too: perhaps a key of the obfuscation, never TLS
            assertThat(answer.length > 1 && (answer[0] == 0x15 || answer[0] == 0x16) && answer[1] == 3).as("TLS").isFalse();
        }
    }

    private static byte[] hello(String serverName) throws IOException {
        try {
            SSLEngine client = SSLContext.getDefault().createSSLEngine();
            client.setUseClientMode(true);
            SSLParameters parameters = client.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            client.setSSLParameters(parameters);
            ByteBuffer out = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
            client.wrap(ByteBuffer.allocate(0), out);
            out.flip();
            byte[] bytes = new byte[out.remaining()];
            out.get(bytes);
            return bytes;
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }
}
