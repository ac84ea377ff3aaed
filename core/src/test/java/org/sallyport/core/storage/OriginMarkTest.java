package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.testkit.SampleTorrent.Part;

class OriginMarkTest {
    private static final Origin ORIGIN = new Origin("magnet:?xt=urn:btih:" + "ab".repeat(20), "https://example.org/a.torrent\nx: y");

    @TempDir
    Path temp;

    private static String read(Path file, String name) throws Exception {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        return StandardCharsets.UTF_8.decode(value.flip()).toString();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aReleasedFileSaysWhereItCameFromAndIsNoProgram() throws Exception {
        SampleTorrent torrent = SampleTorrent.folder("set", 16 << 10, Part.file("one", 20_000), Part.file("two", 30_000));
        try (Disk disk = new Disk(torrent, temp.resolve("downloads"))) {
            disk.storeAll();
            FileNote seen = disk.moves.ready(disk.file(0));
            Files.setPosixFilePermissions(disk.layout.place(0), PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThat(disk.moves.isStill(disk.file(0), seen)).as("its mode was changed since").isFalse();

            assertThat(disk.moves.mark(disk.file(0), ORIGIN)).isTrue();
            disk.moves.release(disk.file(0));

            Path released = temp.resolve("downloads/set/one");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(released))).isEqualTo("rw-r--r--");
            assertThat(read(released, "xdg.origin.url")).isEqualTo(ORIGIN.url());
            assertThat(read(released, "xdg.referrer.url")).isEqualTo("https://example.org/a.torrentx:y");
            assertThat(disk.storage.gate().expected(0)).isPresent();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aCopyIsMarkedAsWell() throws Exception {
        Path one = Files.write(temp.resolve("one"), new byte[3]);
        Path two = Files.write(temp.resolve("two"), new byte[3]);
        OriginMark.put(one, ORIGIN);

        OriginMark.carry(one, two);

        assertThat(read(two, "xdg.origin.url")).isEqualTo(ORIGIN.url());
    }

    @Test
    void whatCannotBeMarkedSaysSo() {
        assertThat(OriginMark.put(temp.resolve("missing"), ORIGIN)).isFalse();
    }

    @Test
    void aFileInQuarantineIsDestroyedForGood() throws Exception {
        SampleTorrent torrent = SampleTorrent.folder("set", 16 << 10, Part.file("one", 20_000));
        try (Disk disk = new Disk(torrent, temp.resolve("downloads"))) {
            disk.storeAll();
            disk.moves.destroy(disk.file(0));
            disk.moves.destroy(disk.file(0));

            assertThat(disk.layout.quarantined(0)).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({"Linux, XDG", "Windows 11, ZONE", "Mac OS X, QUARANTINE", "FreeBSD, XDG"})
    void eachPlatformHasItsWay(String system, OriginMark.Way way) {
        assertThat(OriginMark.Way.ofSystem(system)).isEqualTo(way);
    }

    @Test
    void theMarksOfOtherPlatformsAreWellFormed() {
        assertThat(OriginMark.zone(ORIGIN)).isEqualTo("[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=https://example.org/a.torrentx:y\r\nHostUrl="
                + ORIGIN.url() + "\r\n");
        assertThat(OriginMark.quarantine(Instant.ofEpochSecond(0x6561_0000L))).matches("0081;65610000;Sallyport;[0-9a-f-]{36}");
    }
}
