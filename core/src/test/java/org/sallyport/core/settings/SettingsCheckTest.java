package org.sallyport.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Refusal;

class SettingsCheckTest {
    private static final Settings.Limits LIMITS = Settings.Limits.DEFAULT;

    @ParameterizedTest
    @CsvSource({
        "port, 0, ''", "port, 1024, ''", "port, 65535, ''",
        "port, -1, settings.port-range", "port, 1, settings.port-range", "port, 1023, settings.port-range", "port, 65536, settings.port-range",
        "connections, 1, ''", "connections, 2000, ''", "connections, 0, settings.connections-range", "connections, 2001, settings.connections-range",
        "connectionsPerTorrent, 1, ''", "connectionsPerTorrent, 500, ''",
        "connectionsPerTorrent, 0, settings.connections-per-torrent-range", "connectionsPerTorrent, 501, settings.connections-per-torrent-range",
        "uploadSlots, 1, ''", "uploadSlots, 100, ''", "uploadSlots, 0, settings.upload-slots-range", "uploadSlots, 101, settings.upload-slots-range",
        "activeDownloads, 1, ''", "activeDownloads, 1000, ''",
        "activeDownloads, 0, settings.active-downloads-range", "activeDownloads, 1001, settings.active-downloads-range",
        "activeSeeds, 1, ''", "activeSeeds, 1000, ''", "activeSeeds, 0, settings.active-seeds-range",
        "activeSeeds, 1001, settings.active-seeds-range",
        "pieceMemoryBytes, 16777216, ''", "pieceMemoryBytes, 1073741824, ''",
        "pieceMemoryBytes, 16777215, settings.piece-memory-range", "pieceMemoryBytes, 1073741825, settings.piece-memory-range"})
    void numbersHaveTheirRanges(String setting, long value, String rule) {
        assertThat(ruleFor(with(setting, value))).isEqualTo(rule);
    }

    @Test
    void theSentenceSaysWhatItMayBe() {
        assertThat(SettingsCheck.check(Settings.DEFAULT.withPort(80))).hasValue(
                new Refusal("settings.port-range", "The port must be from 1024 to 65535, not 80. Choose a number in that range."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "~/Downloads", "/srv/files", "/home/ann/My files/ü"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "whole paths begin with a drive there")
    void aWholePathIsAFolder(String folder) {
        assertThat(ruleFor(Settings.DEFAULT.withDownloadFolder(folder))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "Downloads", "../x", "~ann/x", "/a\0b"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "whole paths begin with a drive there")
    void anythingElseIsNot(String folder) {
        assertThat(ruleFor(Settings.DEFAULT.withDownloadFolder(folder))).isEqualTo("settings.download-folder");
        assertThat(ruleFor(Settings.DEFAULT.withDownloadFolder("/" + "x".repeat(4096)))).isEqualTo("settings.download-folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tun0", "wlp0s20f3", "eth0.100", "Ethernet-2", "br-1f2e", "ü"})
    void aShortNameIsANetworkInterface(String name) {
        assertThat(ruleFor(Settings.DEFAULT.withNetwork(new Settings.Network(name)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "tun 0", "tun0\n", "../tun0", "a\0b", "tun0\u00a0\t",
            "12345678901234567890123456789012345678901234567890123456789012345"})
    void anythingElseIsNone(String name) {
        assertThat(ruleFor(Settings.DEFAULT.withNetwork(new Settings.Network(name)))).isEqualTo("settings.network-interface");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dht.libtorrent.org:25401", "10.0.0.1:1", "[::1]:65535", "localhost:6881"})
    void aHostAndAPortIsANodeToBeginWith(String node) {
        assertThat(ruleFor(beginningWith(List.of(node)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":1", "host:0", "host:65536", "host:99999999999", "a b:1", "http://x:1", "::1:1", "[::1]",
            "host.:1", "h:1\n"})
    void anythingElseIsNoNode(String node) {
        assertThat(ruleFor(beginningWith(List.of("host:1", node)))).isEqualTo("settings.bootstrap");
    }

    @Test
    void theDhtMayBeginWithNoNodeAndWithSixteenAtMost() {
        assertThat(ruleFor(beginningWith(List.of()))).isEmpty();
        assertThat(ruleFor(beginningWith(Collections.nCopies(16, "a:1")))).isEmpty();
        assertThat(ruleFor(beginningWith(Collections.nCopies(17, "a:1")))).isEqualTo("settings.bootstrap");
    }

    private static Settings beginningWith(List<String> nodes) {
        return Settings.DEFAULT.withDiscovery(new Settings.Discovery(true, nodes, true, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "/run/clamav/clamd.ctl", "C:\\clamav\\clamd.sock", "localhost:3310", "127.0.0.1:1", "[::1]:65535"})
    void aSocketOrAPortOfThisComputerIsAScanner(String scanner) {
        assertThat(ruleFor(Settings.DEFAULT.withScreening(Settings.Screening.DEFAULT.withScanner(scanner)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "clamd", "run/clamd.ctl", "/run/\n", "10.0.0.1:3310", "scanner.example:3310", "localhost", "localhost:0",
            "localhost:65536", "/"})
    void anythingElseIsNoScanner(String scanner) {
        assertThat(ruleFor(Settings.DEFAULT.withScreening(Settings.Screening.DEFAULT.withScanner(scanner)))).isEqualTo("settings.scanner");
    }

    @ParameterizedTest
    @CsvSource({"1, ''", "365, ''", "0, settings.definitions-days-range", "366, settings.definitions-days-range"})
    void theAgeOfDefinitionsHasItsRange(int days, String rule) {
        assertThat(ruleFor(Settings.DEFAULT.withScreening(Settings.Screening.DEFAULT.withDefinitionsMaxDays(days)))).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"~, /home/ann", "~/Downloads/x, /home/ann/Downloads/x", "/srv, /srv", "/a/~/b, /a/~/b", "~ann/x, ~ann/x"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "whole paths begin with a drive there")
    void theTildeIsTheHomeFolder(String text, Path expected) {
        assertThat(HomeFolder.resolve(text, Path.of("/home/ann"))).isEqualTo(expected);
    }

    @Test
    void theDownloadPathOfTheDefaultsLiesInTheHomeFolder() {
        assertThat(Settings.DEFAULT.downloadPath()).isEqualTo(Path.of(System.getProperty("user.home"), "Downloads", "Sallyport"));
    }

    private static String ruleFor(Settings settings) {
        return SettingsCheck.check(settings).map(Refusal::rule).orElse("");
    }

    private static Settings with(String setting, long value) {
        int number = Math.toIntExact(value);
        return switch (setting) {
            case "port" -> Settings.DEFAULT.withPort(number);
            case "connections" -> limits(number, LIMITS.connectionsPerTorrent(), LIMITS.uploadSlots(), LIMITS.activeDownloads(),
                    LIMITS.activeSeeds(), LIMITS.pieceMemoryBytes());
            case "connectionsPerTorrent" -> limits(LIMITS.connections(), number, LIMITS.uploadSlots(), LIMITS.activeDownloads(),
                    LIMITS.activeSeeds(), LIMITS.pieceMemoryBytes());
            case "uploadSlots" -> limits(LIMITS.connections(), LIMITS.connectionsPerTorrent(), number, LIMITS.activeDownloads(),
                    LIMITS.activeSeeds(), LIMITS.pieceMemoryBytes());
            case "activeDownloads" -> limits(LIMITS.connections(), LIMITS.connectionsPerTorrent(), LIMITS.uploadSlots(), number,
                    LIMITS.activeSeeds(), LIMITS.pieceMemoryBytes());
            case "activeSeeds" -> limits(LIMITS.connections(), LIMITS.connectionsPerTorrent(), LIMITS.uploadSlots(),
                    LIMITS.activeDownloads(), number, LIMITS.pieceMemoryBytes());
            case "pieceMemoryBytes" -> limits(LIMITS.connections(), LIMITS.connectionsPerTorrent(), LIMITS.uploadSlots(),
                    LIMITS.activeDownloads(), LIMITS.activeSeeds(), value);
            default -> throw new AssertionError(setting);
        };
    }

    private static Settings limits(int connections, int perTorrent, int slots, int downloads, int seeds, long memory) {
        return Settings.DEFAULT.withLimits(new Settings.Limits(connections, perTorrent, slots, downloads, seeds, memory));
    }
}
