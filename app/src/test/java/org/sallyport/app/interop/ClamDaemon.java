package org.sallyport.app.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A clamd with a configuration, a socket and definitions of its own, made today, which know the EICAR test file and nothing else. */
final class ClamDaemon {
    /** Backwards, so that this source is no test virus itself. */
    private static final String EICAR_BACKWARDS = "*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X";
    private static final int HEADER = 512;
    private static final String SOCKET = "clamd.ctl";

    private final Scene scene;
    private final Host host;
    private final Path folder;
    private int runs;
    private Program program;

    private ClamDaemon(Scene scene, Host host, Path folder) {
        this.scene = scene;
        this.host = host;
        this.folder = folder;
        this.program = run();
    }

    /** Starts it and waits until it listens. */
    static ClamDaemon start(Scene scene, Host host) {
        return start(scene, host, "clamd", Instant.now());
    }

    /** @param name of its folder @param definitions when they were made @param more lines of its configuration */
    static ClamDaemon start(Scene scene, Host host, String name, Instant definitions, String... more) {
        Path folder = scene.folder(name);
        try {
            define(Files.createDirectories(folder.resolve("db")), definitions);
            List<String> lines = new ArrayList<>(List.of("LocalSocket " + folder.resolve(SOCKET),
                    "DatabaseDirectory " + folder.resolve("db"), "Foreground yes",
                    "TemporaryDirectory " + folder, "SelfCheck 0"));
            lines.addAll(List.of(more));
            Files.write(folder.resolve("clamd.conf"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ClamDaemon(scene, host, folder);
    }

    private Program run() {
        Path socket = folder.resolve(SOCKET);
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program program = scene.start(host, folder.getFileName() + "-" + ++runs,
                List.of("/usr/sbin/clamd", "-c", folder.resolve("clamd.conf").toString()));
        Waiting.until("clamd listens", Duration.ofMinutes(1), () -> {
            if (!program.isRunning()) {
                throw new AssertionError(program.tail());
            }
            return Files.exists(socket);
        });
        return program;
    }

    /** The harmless test file that every antivirus program reports. */
    static byte[] eicar() {
        return new StringBuilder(EICAR_BACKWARDS).reverse().toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The settings of a Sallyport that uses it. @param more further keys with a comma in front, or nothing */
    String settings(String more) {
        return settings("", more);
    }

    /** @param screening further keys about screening, likewise */
    String settings(String screening, String more) {
        return "{\"screening\": {\"scanner\": \"" + folder.resolve(SOCKET) + "\"" + screening + "}" + more + "}";
    }

    /** {@code STOP}: it answers nobody until {@code CONT}. */
    void signal(String signal) {
        program.signal(signal);
    }

    void kill() {
        program.kill();
    }

    /** Once more, after {@link #kill}. */
    void restart() {
        program = run();
    }

    private static void define(Path folder, Instant made) throws IOException {
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
        Files.write(folder.resolve("daily.cud"), bytes.toByteArray());
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
}
