package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions and paths are others there")
class SocketPlaceTest {
    @TempDir
    Path temporary;
    @TempDir
    Path runtime;
    private Path deep;
    private Path lock;

    @BeforeEach
    void makeDeepFolder() throws IOException {
        deep = Files.createDirectories(temporary.resolve("d".repeat(90)));
        lock = Files.createFile(deep.resolve("lock"));
    }

    @Test
    void theRuntimeFolderComesFirst() throws Exception {
        Path socket = place(deep, runtime.toString()).prepare();

        assertThat(socket.getParent().getParent()).isEqualTo(runtime);
        assertThat(place(deep, runtime.toString()).find()).isEqualTo(socket);
    }

    @Test
    void withoutAUsableRuntimeFolderItIsTheTemporaryOneAndAClientFindsItEitherWay() throws Exception {
        Path socket = place(deep, runtime.resolve("missing").toString()).prepare();

        assertThat(socket.getParent().getParent()).isEqualTo(temporary);
        assertThat(place(deep, "").find()).isEqualTo(socket);
        assertThat(place(deep, runtime.toString()).find()).isEqualTo(socket);
    }

    @Test
    void anotherDirectoryHasAnotherSocket() throws Exception {
        Path other = Files.createDirectories(temporary.resolve("e".repeat(90)));
        Files.createFile(other.resolve("lock"));

        assertThat(place(deep, "").prepare()).isNotEqualTo(place(other, "").prepare());
    }

    @Test
    void aFolderOpenToOthersIsNotUsed() throws Exception {
        Path planted = place(deep, "").prepare().getParent();
        Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> place(deep, "").prepare()).isInstanceOf(IOException.class).hasMessageContaining("no place for a socket");
        assertThat(place(deep, "").find()).isEqualTo(deep.resolve("socket"));
        assertThat(place(deep, runtime.toString()).prepare().getParent().getParent()).isEqualTo(runtime);
    }

    @Test
    void aLinkInItsPlaceIsNotUsed() throws Exception {
        Path planted = place(deep, "").prepare().getParent();
        Files.delete(planted);
        Files.createSymbolicLink(planted, Files.createTempDirectory(temporary, "private"));

        assertThatThrownBy(() -> place(deep, "").prepare()).isInstanceOf(IOException.class);
        assertThat(place(deep, "").find()).isEqualTo(deep.resolve("socket"));
    }

    @Test
    void aFolderOfSomebodyElseIsNotUsed() throws Exception {
        Path socket = place(deep, "").prepare();
        Path notOurs = fileOfSomebodyElse();

        assertThat(new SocketPlace(deep, notOurs, name -> "", temporary).find()).isNotEqualTo(socket);
    }

    private Path fileOfSomebodyElse() throws IOException {
        Path root = Path.of("/");
        if (!Files.getOwner(root).equals(Files.getOwner(lock))) {
            return root;
        }
        Path given = Files.createFile(runtime.resolve("given")); // the superuser can give files away
        return Files.setOwner(given, given.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }

    private SocketPlace place(Path dir, String runtimeFolder) {
        return new SocketPlace(dir, dir.resolve("lock"), name -> runtimeFolder, temporary);
    }
}
