package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "paths and permissions are others there")
    void aNewFolderIsForTheOwnerOnly() throws Exception {
        Path dir = folder.resolve("a").resolve("b");
        try (DataDirectory data = DataDirectory.open(dir)) {
            assertThat(modes(dir)).isEqualTo("rwx------");
            assertThat(modes(dir.getParent())).isEqualTo("rwx------");
            assertThat(modes(data.logFolder())).isEqualTo("rwx------");
            assertThat(modes(data.keyFolder())).isEqualTo("rwx------");
            assertThat(modes(dir.resolve("lock"))).isEqualTo("rw-------");
            assertThat(data.path()).isEqualTo(dir.toRealPath());
            assertThat(data.databaseFile()).isEqualTo(data.path().resolve("state.db"));
            assertThat(data.settingsFile()).isEqualTo(data.path().resolve("settings.json"));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', rwx------", "settings.json, rwx------", "state.db, rwx------", "lock, rwx------", "holiday.jpg, refused"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "paths and permissions are others there")
    void aFolderThatIsTooOpenIsTightenedOnlyIfItIsOurs(String content, String expected) throws Exception {
        Path dir = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxr-x"));
        if (!content.isEmpty()) {
            Files.createFile(dir.resolve(content));
        }

        if (expected.equals("refused")) {
            assertThatThrownBy(() -> DataDirectory.open(dir)).isInstanceOf(IOException.class).hasMessageContaining("Choose an empty folder");
            assertThat(modes(dir)).isEqualTo("rwxrwxr-x");
        } else {
            DataDirectory.open(dir).close();
            assertThat(modes(dir)).isEqualTo(expected);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "paths and permissions are others there")
    void aKeyFolderThatWasOpenedIsClosedAgain() throws Exception {
        Path dir = folder.resolve("data");
        DataDirectory.open(dir).close();
        Files.writeString(dir.resolve("keys").resolve("identity.p12"), "key");
        Files.setPosixFilePermissions(dir.resolve("keys"), PosixFilePermissions.fromString("rwxr-xr-x"));

        try (DataDirectory data = DataDirectory.open(dir)) {
            assertThat(modes(data.keyFolder())).isEqualTo("rwx------");
        }
    }

    @Test
    void aSecondOpenInThisProcessIsRefusedAndDoesNotFreeTheLock() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("data")));
        try (DataDirectory data = DataDirectory.open(folder.resolve("data"))) {
            assertThatThrownBy(() -> DataDirectory.open(link)).isInstanceOf(DataDirectoryBusyException.class).hasMessageContaining("already running");

            assertThat(openElsewhere(data.path())).startsWith("busy: Sallyport is already running");
        }
        assertThat(openElsewhere(link)).isEqualTo("open");
        DataDirectory.open(link).close();
    }

    @Test
    void afterAFailedOpenTheNextOneWorks() throws Exception {
        Path dir = Files.createDirectory(folder.resolve("data"));
        Path inTheWay = Files.createFile(dir.resolve("log"));
        assertThatThrownBy(() -> DataDirectory.open(dir)).isInstanceOf(IOException.class);
        Files.delete(inTheWay);

        DataDirectory data = DataDirectory.open(dir);
        data.close();
        data.close();
        DataDirectory.open(dir).close();
    }

    @Test
    void aFileInItsPlaceIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file)).isInstanceOf(IOException.class).hasMessageContaining("not a folder");
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("below"))).isInstanceOf(IOException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPlaceThatCannotBeWrittenIsRefused() {
        assertThatThrownBy(() -> DataDirectory.open(Path.of("/proc/sallyport"))).isInstanceOf(IOException.class);
    }

    @Test
    void aClientFindsTheSocketWithoutTheLockAndItIsRemovedAtTheEnd() throws Exception {
        Path dir = folder.resolve("data");
        try (DataDirectory data = DataDirectory.open(dir); ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(data.socketFile()));

            assertThat(DataDirectory.socketFileFor(dir)).isEqualTo(data.socketFile()).exists();
        }
        assertThat(DataDirectory.socketFileFor(dir)).doesNotExist();
    }

    @Test
    void aDeepFolderHasItsSocketInAShortPrivateOne() throws Exception {
        Path deep = folder.resolve("d".repeat(60)).resolve("é".repeat(40));
        Path shortFolder;
        try (DataDirectory data = DataDirectory.open(deep); ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(data.socketFile()));

            assertThat(data.socketFile().startsWith(deep)).isFalse();
            assertThat(modes(data.socketFile().getParent())).isEqualTo("rwx------");
            assertThat(DataDirectory.socketFileFor(deep)).isEqualTo(data.socketFile());
            shortFolder = data.socketFile().getParent();
        }
        assertThat(shortFolder).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, '', '', /home/ann/.local/share/sallyport",
        "Linux, /data, '', /data/sallyport",
        "Linux, relative, '', /home/ann/.local/share/sallyport",
        "Mac OS X, /data, '', /home/ann/Library/Application Support/Sallyport",
        "Windows 11, '', '', /home/ann/AppData/Local/Sallyport",
        "Windows 11, '', /local, /local/Sallyport"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "paths and permissions are others there")
    void eachPlatformHasItsPlace(String system, String dataHome, String localAppData, Path expected) {
        Map<String, String> environment = Map.of("XDG_DATA_HOME", dataHome, "LOCALAPPDATA", localAppData);

        assertThat(DataDirectory.platformDefault(system, name -> environment.getOrDefault(name, ""), Path.of("/home/ann"))).isEqualTo(expected);
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String openElsewhere(Path dir) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), OpenOnce.class.getName(), dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return String.valueOf(line);
        }
    }
}
