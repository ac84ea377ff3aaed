package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenLastIsRead() throws Exception {
        Path file = folder.resolve("a key");
        assertThat(PrivateFile.read(file, 10)).isEmpty();

        PrivateFile.write(file, new byte[] {1, 2, 3});
        PrivateFile.write(file, new byte[] {4});

        assertThat(PrivateFile.read(file, 1)).hasValue(new byte[] {4});
        assertThat(folder).isDirectoryNotContaining(entry -> !entry.equals(file));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are not POSIX ones there")
    void itIsForTheOwnerOnlyAlsoWhenItWasOpened() throws Exception {
        Path file = folder.resolve("key");
        PrivateFile.write(file, new byte[1]);
        assertThat(modes(file)).isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        PrivateFile.read(file, 10);

        assertThat(modes(file)).isEqualTo("rw-------");
    }

    @Test
    void aLinkAFolderAndALongFileAreRefused() throws Exception {
        Path target = Files.write(folder.resolve("target"), new byte[11]);
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        assertThatThrownBy(() -> PrivateFile.read(link, 100)).isInstanceOf(PersistException.class).hasMessageContaining("not a plain file");
        assertThatThrownBy(() -> PrivateFile.read(folder, 100)).isInstanceOf(PersistException.class).hasMessageContaining("not a plain file");
        assertThatThrownBy(() -> PrivateFile.read(target, 10)).isInstanceOf(PersistException.class).hasMessageContaining("longer than 10 bytes");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsAnError() {
        assertThatThrownBy(() -> PrivateFile.write(folder.resolve("missing").resolve("key"), new byte[1])).isInstanceOf(PersistException.class);
    }

    private static String modes(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
