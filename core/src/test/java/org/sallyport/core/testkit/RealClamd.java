package org.sallyport.core.testkit;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A clamd of our own: own configuration, own socket, own definitions, which know one thing only, the EICAR test file, and are as old as the test
 * wants. For tests that carry {@link NeedsClamd}.
 */
public final class RealClamd implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/sbin/clamd");
    /** Backwards, so that this source is no test virus itself. */
    private static final String EICAR_BACKWARDS = "*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X";
    private static final int HEADER = 512;

    private final Path folder;
    private Process process;

    /**
     * @param folder  short, because a socket's path is; it is made
     * @param options lines of clamd.conf
     */
    public RealClamd(Path folder, Instant definitions, String... options) {
        this.folder = folder;
        try {
            Files.createDirectories(folder.resolve("db"));
            List<String> lines = new ArrayList<>(List.of("LocalSocket " + socket(), "DatabaseDirectory " + folder.resolve("db"), "Foreground yes",
                    "TemporaryDirectory " + folder, "SelfCheck 0"));
            lines.addAll(List.of(options));
            Files.write(folder.resolve("clamd.conf"), lines);
            define(definitions);
        } catch (IOException e) {
            throw new AssertionError("cannot prepare clamd", e);
        }
        start();
    }

    /** The harmless test file that every antivirus program reports. */
    public static byte[] eicar() {
        return new StringBuilder(EICAR_BACKWARDS).reverse().toString().getBytes(StandardCharsets.US_ASCII);
    }

    public Path socket() {
        return folder.resolve("clamd.ctl");
    }

    /** As the settings write it. */
    public String address() {
        return socket().toString();
    }

    /** Starts it (again), and waits until it can be talked to. */
    public void start() {
        try {
            Files.deleteIfExists(socket());
            process = new ProcessBuilder(PROGRAM.toString(), "-c", folder.resolve("clamd.conf").toString())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("clamd.log").toFile()).start();
        } catch (IOException e) {
            throw new AssertionError("cannot start clamd", e);
        }
        await("clamd").atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("clamd ended: " + Files.readString(folder.resolve("clamd.log")));
            }
            return Files.exists(socket());
        });
    }

    /** It keeps its connections, and answers none until {@link #resume}. */
    public void suspend() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    /** At once, without a word. */
    public void kill() {
        process.destroyForcibly();
        await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
            if (!kill.waitFor(1, TimeUnit.MINUTES) || kill.exitValue() != 0) {
                throw new AssertionError("kill -" + name + " failed");
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("kill -" + name + " failed", e);
        }
    }

    /** Definitions made at that time; they count from the next {@link #start}. */
    public void define(Instant made) throws IOException {
        String signature = "Sallyport.Test.Eicar:0:*:" + HexFormat.of().formatHex(eicar()) + "\n";
        String header = "ClamAV-VDB:" + DateTimeFormatter.ofPattern("dd MMM yyyy HH-mm", Locale.ENGLISH).withZone(ZoneOffset.UTC).format(made)
                + " +0000:27000:1:90:X:X:sallyport:" + made.getEpochSecond();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(String.format("%-" + HEADER + "s", header).getBytes(StandardCharsets.US_ASCII));
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            put(tar, "daily.info", header + "\ndaily.ndb:" + signature.length() + ":" + sha256(signature) + "\n");
            put(tar, "daily.ndb", signature);
        }
        // an unsigned database of the user's own (.cud); its name makes it the one whose date VERSION tells
        Files.write(folder.resolve("db/daily.cud"), bytes.toByteArray());
    }

    private static void put(TarArchiveOutputStream tar, String name, String text) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(text.length());
        tar.putArchiveEntry(entry);
        tar.write(text.getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
