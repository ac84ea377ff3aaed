package org.sallyport.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsFileTest {
    private static final Settings OTHER = SettingsSamples.OTHER;

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("settings.json");
    }

    @Test
    void aMissingFileMeansTheDefaults() {
        assertThat(SettingsFile.load(file)).isEqualTo(new SettingsFile.Loaded(Settings.DEFAULT, ""));
    }

    @Test
    void whatWasSavedIsLoadedAndUnknownKeysAreNotKept() throws Exception {
        Files.writeString(file, "{\"port\": 6881, \"colour\": \"red\"}");
        SettingsFile.save(file, OTHER);

        assertThat(SettingsFile.load(file)).isEqualTo(new SettingsFile.Loaded(OTHER, ""));
        assertThat(file).content().isEqualToNormalizingNewlines(SettingsSamples.OTHER_JSON);
        assertThat(folder.resolve("settings.json.bak")).content().contains("6881").doesNotContain("colour");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are not POSIX ones there")
    void everyFileIsForTheOwnerOnlyAndNoneIsLeftOver() throws Exception {
        Files.writeString(file, "{}");
        Files.writeString(folder.resolve("settings.json.tmp"), "left by a crash");
        SettingsFile.save(file, OTHER);
        SettingsFile.save(file, OTHER.withPort(6881));

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).allSatisfy(each -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------"))
                    .extracting(each -> each.getFileName().toString()).containsExactlyInAnyOrder("settings.json", "settings.json.bak");
        }
    }

    static Stream<byte[]> damaged() {
        return Stream.of(new byte[0], new byte[300], new byte[] {'{', '"', (byte) 0xff, '"', '}'}, "{\"port\": 80}".getBytes(),
                "{\"port\": 68".getBytes(),
                "<xml/>".getBytes(), ("{\"x\": \"" + "y".repeat(1 << 20) + "\"}").getBytes());
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void aDamagedFileFallsBackToTheLastGoodOne(byte[] content) throws Exception {
        SettingsFile.save(file, OTHER);
        SettingsFile.save(file, OTHER.withPort(6881));
        Files.write(file, content);

        SettingsFile.Loaded loaded = SettingsFile.load(file);

        assertThat(loaded.settings()).isEqualTo(OTHER);
        assertThat(loaded.problem()).endsWith("The settings saved before are in force.");
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void withoutAGoodOneTheDefaultsAreInForce(byte[] content) throws Exception {
        Files.write(file, content);
        Files.write(folder.resolve("settings.json.bak"), content);

        SettingsFile.Loaded loaded = SettingsFile.load(file);

        assertThat(loaded.settings()).isEqualTo(Settings.DEFAULT);
        assertThat(loaded.problem()).endsWith("The defaults are in force.");
    }

    @Test
    void savingOverADamagedFileKeepsItAsideAndTheLastGoodOneToo() throws Exception {
        SettingsFile.save(file, OTHER);
        SettingsFile.save(file, OTHER.withPort(6881));
        Files.writeString(file, "{\"port\": 80}");

        SettingsFile.save(file, Settings.DEFAULT);

        assertThat(folder.resolve("settings.json.damaged")).hasContent("{\"port\": 80}");
        assertThat(SettingsFile.load(folder.resolve("settings.json.bak")).settings()).isEqualTo(OTHER);
        assertThat(SettingsFile.load(file).settings()).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void aFileThatCannotBeReadFallsBackAndSaysSo() throws Exception {
        Files.createDirectory(file);

        SettingsFile.Loaded loaded = SettingsFile.load(file);

        assertThat(loaded.settings()).isEqualTo(Settings.DEFAULT);
        assertThat(loaded.problem()).contains("cannot be read").endsWith("The defaults are in force.");
    }

    @Test
    void invalidSettingsAreNotSaved() throws Exception {
        SettingsFile.save(file, OTHER);

        assertThatThrownBy(() -> SettingsFile.save(file, OTHER.withPort(80))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("settings.port-range");

        assertThat(SettingsFile.load(file).settings()).isEqualTo(OTHER);
    }

    @Test
    void aFailedSaveLeavesTheOldFile() throws Exception {
        SettingsFile.save(file, OTHER);
        Files.createDirectories(folder.resolve("settings.json.tmp").resolve("in the way"));

        assertThatThrownBy(() -> SettingsFile.save(file, Settings.DEFAULT)).isInstanceOf(IOException.class);

        assertThat(SettingsFile.load(file).settings()).isEqualTo(OTHER);
    }
}
