package org.sallyport.app.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.PeerAddress;

/** The sample's own process as its parent sees it. Closing it ends it. */
public final class SampleProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 90;
    private static final int END_SECONDS = 10;

    private final Process process;
    private final Path torrent;
    private final PeerAddress peer;

    private SampleProcess(Process process, Path torrent, PeerAddress peer) {
        this.process = process;
        this.torrent = torrent;
        this.peer = peer;
    }

    /**
     * Starts the same program again with the same Java, and waits until it shares.
     *
     * @throws IOException with a sentence if it does not
     */
    public static SampleProcess start(Class<?> main) throws IOException {
        Process process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-Dsallyport.terminal=false",
                "-cp", System.getProperty("java.class.path"), main.getName(), "sample-server"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = CompletableFuture.supplyAsync(() -> readLine(reader)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Map<String, Object> told = Json.read(line);
            return new SampleProcess(process, Path.of((String) told.get("torrent")), PeerAddress.parse((String) told.get("peer")));
        } catch (IOException | ExecutionException | TimeoutException e) {
            process.destroy();
            throw new IOException("The sample's own process could not be started.", e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("The sample was interrupted.", e);
        }
    }

    private static String readLine(BufferedReader reader) {
        try {
            String line = reader.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The .torrent file; it is gone when this is closed. */
    public Path torrent() {
        return torrent;
    }

    /** Where it listens: given along, so that the sample works though trackers on this computer are refused by default. */
    public PeerAddress peer() {
        return peer;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
