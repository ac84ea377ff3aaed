package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplaintsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "Exception in thread \"main\" java.lang.IllegalStateException: x",
        "java.lang.NullPointerException",
        "java.lang.OutOfMemoryError: Java heap space",
        "\tat org.sallyport.core.swarm.Swarm.tick(Swarm.java:12)",
        "Caused by: java.io.IOException: x",
        "2026-11-21T20:00:00.000+00:00 ERROR [net] Connections: stumbled",
        "ERROR: the watchdog stumbled",
        "2026-11-21T20:00:00.000+00:00 WARN  [net] X: An exceptionCaught() event was fired"})
    void whatShouldNeverBeSaidIsFound(String line) {
        assertThat(Complaints.isUnwanted(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "2026-11-21T20:00:00.000+00:00 INFO  [net] X: no ERROR here",
        "2026-11-21T20:00:00.000+00:00 WARN  [net] PeerSession: frame of 2147483647 bytes refused (peer.oversize)",
        "WARN: the tracker answered with an error"})
    void whatIsUsualIsNot(String line) {
        assertThat(Complaints.isUnwanted(line)).isFalse();
    }

    @Test
    void theLogIsReadOnAndOverAChangeOfFile() throws IOException {
        Path log = Files.createDirectories(folder.resolve("data/log")).resolve("sallyport.log");
        Path errors = Files.createFile(folder.resolve("run.err"));
        Complaints complaints = new Complaints(folder.resolve("data"), errors);
        Files.writeString(log, "x INFO fine, a long line so that the next file is shorter\nx ERROR one\nx ERROR tw");
        complaints.look();
        assertThat(complaints.lines()).containsExactly("x ERROR one");

        Files.writeString(log, "o\n", StandardOpenOption.APPEND);
        Files.move(log, log.resolveSibling("sallyport.1.log"));
        Files.writeString(log, "x ERROR three\n");
        Files.writeString(errors, "java.lang.Error\n");
        complaints.look();
        complaints.look();

        assertThat(complaints.lines()).containsExactly("x ERROR one", "java.lang.Error", "x ERROR two", "x ERROR three");
        assertThat(complaints.count()).isEqualTo(4);
    }
}
