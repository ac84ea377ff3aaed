package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where clamd is looked for, and what of its configuration is understood. */
class ClamdSetUpTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {"/run/clamav/clamd.ctl", "127.0.0.1:3310", "127.1.2.3:1", "[::1]:65535", "localhost:3310"})
    void anAddressOnThisComputerMayBeUsed(String text) {
        assertThat(ClamdAddress.parse(text)).map(ClamdAddress::text).contains(text);
        assertThat(ClamdAddress.parse(text).orElseThrow().toSocketAddress()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "clamd.ctl", "10.0.0.1:3310", "127.0.0.1", "127.0.0.999:1", "127.0.0.1:0", "127.0.0.1:65536", "example.org:3310",
            "[::]:1", "/a\0"})
    void anyOtherMayNot(String text) {
        assertThat(ClamdAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ClamAV 1.4.6 | '' | 100 | 100 | 400 | 120 | 17 | 10000 | false",
        "ClamAV 0.103.8 | '' | 25 | 25 | 100 | 120 | 15 | 10000 | false",
        "ClamAV 1.4.6 | StreamMaxLength 30M;MaxFileSize 20M;MaxScanSize 41943040 | 30 | 20 | 40 | 120 | 17 | 10000 | false",
        "ClamAV 1.4.6 | #MaxFileSize 1G;  MaxFileSize   1G  ;maxscansize 1g;MaxScanTime 5000;AlertExceedsMax yes | 100 | 1024 | 1024 | 5 | 17 | "
                + "10000 | true",
        "ClamAV 1.4.6 | MaxFileSize lots;MaxRecursion 3;MaxFiles 7;AlertExceedsMax no;StreamMaxLength 9G | 2047 | 100 | 400 | 120 | 3 | 7 | false",
        "ClamAV 1.4.6 | MaxFileSize 0;MaxScanSize 0;AlertExceedsMax TRUE | 100 | 2047 | 2047 | 120 | 17 | 10000 | true",
        "ClamAV 1.4.6 | MaxFileSize 5M;MaxFileSize \"6M\" | 100 | 6 | 400 | 120 | 17 | 10000 | false"})
    void limitsAreThoseOfTheConfiguration(String engine, String lines, long stream, long file, long scan, long seconds, int depth, int files,
            boolean alerts) {
        ClamdLimits limits = ClamdLimits.parse(Arrays.asList(lines.split(";")), engine);

        assertThat(List.of(limits.streamBytes() / MIB, limits.fileBytes() / MIB, limits.scanBytes() / MIB)).containsExactly(stream, file, scan);
        assertThat(limits).extracting(ClamdLimits::scanTime, ClamdLimits::depth, ClamdLimits::files, ClamdLimits::alerts)
                .containsExactly(Duration.ofSeconds(seconds), depth, files, alerts);
        assertThat(limits.largestBytes()).isLessThanOrEqualTo(ClamdLimits.HARD);
    }

    @Test
    void nothingIsFoundWhereNothingIs() {
        assertThat(new ClamdFinder(root).find()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run/clamav/clamd.ctl", "run/clamd.scan/clamd.sock", "opt/homebrew/var/run/clamav/clamd.sock"})
    void aSocketAtAUsualPlaceIsFound(String place) throws Exception {
        Path socket = make(place, "");

        assertThat(new ClamdFinder(root).find()).contains(ClamdAddress.of(socket));
        assertThat(new ClamdFinder(root).configuration(ClamdAddress.of(socket))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"etc/clamav/clamd.conf, /run/clamav/clamd.ctl", "etc/clamd.d/scan.conf, /run/clamd.scan/clamd.sock",
            "opt/homebrew/etc/clamav/clamd.conf, /var/my.sock"})
    void theConfigurationSaysWhereEvenIfNobodyListens(String file, String socket) throws Exception {
        make(file, "# comment\nLocalSocket " + socket + "\nMaxFileSize 3M\n");

        Optional<ClamdAddress> found = new ClamdFinder(root).find();

        assertThat(found).contains(ClamdAddress.of(root.resolve(socket.substring(1))));
        assertThat(new ClamdFinder(root).configuration(found.orElseThrow()).orElseThrow()).contains("MaxFileSize 3M");
    }

    @Test
    void theConfigurationOfAnotherSocketIsNotBelieved() throws Exception {
        make("etc/clamav/clamd.conf", "LocalSocket /run/clamav/other.ctl\nMaxFileSize 2000M\n");

        assertThat(new ClamdFinder(root).configuration(ClamdAddress.of(make("run/clamav/clamd.ctl", "")))).isEmpty();
    }

    @Test
    void aSocketThatAnybodyCouldMakeIsNotUsedUnasked() throws Exception {
        make("etc/clamav/clamd.conf", "LocalSocket /tmp/clamd.socket\n");
        make("tmp/clamd.socket", "");

        assertThat(new ClamdFinder(root).find()).isEmpty();
    }

    @Test
    void aPortIsKnownByItsConfiguration() throws Exception {
        make("etc/clamd.conf", "TCPSocket 3310\nTCPAddr 127.0.0.1\n");

        assertThat(new ClamdFinder(root).configuration(new ClamdAddress("localhost:3310"))).isPresent();
        assertThat(new ClamdFinder(root).configuration(new ClamdAddress("localhost:3311"))).isEmpty();
    }

    private Path make(String place, String text) throws Exception {
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
