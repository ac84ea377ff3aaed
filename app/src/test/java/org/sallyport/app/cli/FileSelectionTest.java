package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.TorrentPreview;

class FileSelectionTest {
    private static final TorrentPreview TORRENT = Samples.preview("Sea/readme.txt", "Sea/night/waves.flac", "Sea/night/cover.jpg",
            "Sea/day/waves.flac");

    @ParameterizedTest
    @CsvSource({"*.txt, 0", "*.flac, 1 3", "waves.*, 1 3", "night/*, 1 2", "Sea/night/*, 1 2", "**/*.flac, 1 3", "'{readme.txt,cover.*}', 0 2"})
    void globsChooseFilesByNameOrPath(String glob, String indexes) throws CommandFailedException {
        Set<Integer> expected = new TreeSet<>();
        for (String index : indexes.split(" ")) {
            expected.add(Integer.valueOf(index));
        }

        assertThat(FileSelection.of(List.of(glob), TORRENT)).isEqualTo(expected);
    }

    @Test
    void severalGlobsAddUp() throws CommandFailedException {
        assertThat(FileSelection.of(List.of("*.txt", "*.jpg"), TORRENT)).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void noGlobMeansAllFiles() throws CommandFailedException {
        assertThat(FileSelection.of(List.of(), TORRENT)).isEmpty();
    }

    @Test
    void aGlobThatMatchesNothingIsNotAllFiles() {
        assertThatThrownBy(() -> FileSelection.of(List.of("*.exe"), TORRENT)).hasMessageContaining("No file of Sea sounds matches *.exe");
    }

    @Test
    void aBrokenGlobIsAUsageError() {
        assertThatThrownBy(() -> FileSelection.of(List.of("[a"), TORRENT))
                .isInstanceOfSatisfying(CommandFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(2));
    }
}
