package org.sallyport.app.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sallyport.app.wiring.Json;

class SampleServerTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void onlyThisComputerReachesTheSample() throws Exception {
        CompletableFuture<String> announced = new CompletableFuture<>();
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        CompletableFuture<Void> server = CompletableFuture.runAsync(() -> run(announced, end));
        try {
            String peer = (String) Json.read(announced.get(60, TimeUnit.SECONDS)).get("peer");
            int port = Integer.parseInt(peer.substring(peer.indexOf(':') + 1));

            assertThat(peer).startsWith("127.0.0.1:");
            new Socket("127.0.0.1", port).close();
            // all of 127/8 is this computer, so a listener on all addresses would answer here
            assertThatThrownBy(() -> new Socket("127.0.0.2", port).close()).isInstanceOf(ConnectException.class);
        } finally {
            end.complete(true);
            server.get(60, TimeUnit.SECONDS);
        }
    }

    private static void run(CompletableFuture<String> announced, CompletableFuture<Boolean> end) {
        try {
            SampleServer.run(announced::complete, end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
