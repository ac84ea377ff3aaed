package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on a file, in the way of the platform, that it came from outside, so that other programs are careful with it: the attributes
 * {@code user.xdg.origin.url} and {@code user.xdg.referrer.url} (freedesktop.org) on Linux, the stream {@code Zone.Identifier} on Windows,
 * {@code com.apple.quarantine} on macOS. Waits for the disk.
 */
final class OriginMark {
    private static final Logger LOG = LoggerFactory.getLogger(OriginMark.class);
    private static final String XATTR_OF_MACOS = "/usr/bin/xattr";
    private static final String URL = "xdg.origin.url";
    private static final String REFERRER = "xdg.referrer.url";
    private static final String ZONE_STREAM = "Zone.Identifier";
    private static final Set<String> NAMES = Set.of(URL, REFERRER, ZONE_STREAM);
    private static final int MOST_CHARS = 1_000;
    private static final int MOST_BYTES = 16 << 10;
    private static final Set<PosixFilePermission> EXECUTE = PosixFilePermissions.fromString("--x--x--x");

    /** How a platform marks files. */
    enum Way {
        XDG, ZONE, QUARANTINE;

        static Way ofSystem(String name) {
            String system = name.toLowerCase(Locale.ROOT);
            return system.startsWith("windows") ? ZONE : system.startsWith("mac") ? QUARANTINE : XDG;
        }
    }

    private OriginMark() { }

    /** @return false if the file system cannot keep the mark; the file is as it was then */
    static boolean put(Path file, Origin origin) {
        try {
            switch (Way.ofSystem(System.getProperty("os.name"))) {
                case XDG -> {
                    write(file, URL, cut(origin.url()));
                    write(file, REFERRER, cut(origin.referrer()));
                }
                case ZONE -> write(file, ZONE_STREAM, zone(origin)); // the JDK keeps such attributes as streams of this name
                case QUARANTINE -> quarantine(file);
            }
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("a file cannot be marked as one from outside", e);
            return false;
        }
    }

    /** A copy is from outside, too. */
    static void carry(Path from, Path to) {
        try {
            if (Way.ofSystem(System.getProperty("os.name")) == Way.QUARANTINE) {
                quarantine(to);
                return;
            }
            UserDefinedFileAttributeView view = Files.getFileAttributeView(from, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view == null) {
                return;
            }
            for (String name : view.list()) {
                if (NAMES.contains(name) && view.size(name) <= MOST_BYTES) {
                    ByteBuffer value = ByteBuffer.allocate(view.size(name));
                    view.read(name, value);
                    write(to, name, StandardCharsets.UTF_8.decode(value.flip()).toString());
                }
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("the mark of a file from outside cannot be copied", e);
        }
    }

    private static void write(Path file, String name, String value) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new UnsupportedOperationException("no attributes of one's own");
        }
        view.write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Zone 3 is the internet. */
    static String zone(Origin origin) {
        return String.join("\r\n",
                List.of("[ZoneTransfer]", "ZoneId=3", "ReferrerUrl=" + cut(origin.referrer()), "HostUrl=" + cut(origin.url()), ""));
    }

    /** The JDK does not reach attributes outside a namespace of its own there. */
    private static void quarantine(Path file) throws IOException {
        Process xattr = new ProcessBuilder(XATTR_OF_MACOS, "-w", "com.apple.quarantine", quarantine(Instant.now()), file.toAbsolutePath().toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            if (!xattr.waitFor(5, TimeUnit.SECONDS) || xattr.exitValue() != 0) {
                xattr.destroyForcibly();
                throw new IOException(XATTR_OF_MACOS + " did not set the attribute");
            }
        } catch (InterruptedException e) {
            xattr.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Flags of a download that nobody has allowed yet, time, program, number. */
    static String quarantine(Instant now) {
        return String.format(Locale.ROOT, "0081;%08x;Sallyport;%s", now.getEpochSecond(), UUID.randomUUID());
    }

    /** One line that fits: a URL from outside must not add lines or fill the attribute. */
    private static String cut(String url) {
        return url.codePoints().filter(c -> c > ' ' && c != 0x7f).limit(MOST_CHARS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** Nobody starts it as a program without having said so. */
    static void neverExecutable(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            if (mode.removeAll(EXECUTE)) {
                Files.setPosixFilePermissions(file, mode);
            }
        }
    }
}
