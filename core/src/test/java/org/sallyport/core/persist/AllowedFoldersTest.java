package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.AllowedFolder;

class AllowedFoldersTest {
    private static final Instant FIRST = Instant.parse("2026-11-20T10:15:30.123456789Z");
    private static final Path PHOTOS = Path.of("/home/ann/Pictures/for äll");
    private static final Path MUSIC = Path.of("/home/ann/music to give");

    @TempDir
    Path temp;

    @Test
    void theyAreKeptInTheOrderTheyWereAllowed() throws Exception {
        Path file = temp.resolve("state.db");
        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(database.allowedFolders()).isEmpty();
            database.allowFolder(PHOTOS, FIRST);
            database.allowFolder(MUSIC, FIRST.plusSeconds(1));
            database.allowFolder(PHOTOS, FIRST.plusSeconds(2));
        }

        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.allowedFolders()).containsExactly(new AllowedFolder(PHOTOS, FIRST, ""),
                    new AllowedFolder(MUSIC, FIRST.plusSeconds(1), ""));
            assertThat(again.disallowFolder(PHOTOS)).isTrue();
            assertThat(again.disallowFolder(PHOTOS)).isFalse();
            assertThat(again.allowedFolders()).containsExactly(new AllowedFolder(MUSIC, FIRST.plusSeconds(1), ""));
        }
    }
}
