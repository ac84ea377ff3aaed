package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;

class HashArgumentTest {
    private static final EngineSnapshot TWO = Samples.snapshot(
            Samples.torrent(Samples.HASH, TorrentState.DOWNLOADING, 1000), Samples.torrent(Samples.NEIGHBOUR, TorrentState.SEEDING, 2000));

    @ParameterizedTest
    @ValueSource(strings = {"abcd", "ABCD0", " abcd000 ", "abcd000000000000000000000000000000000000"})
    void theFirstDigitsNameATorrent(String text) throws CommandFailedException {
        assertThat(HashArgument.find(TWO, text).hash()).isEqualTo(Samples.HASH);
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 2, at least its first 4", "'', 2, at least", "wxyz, 2, is not an info-hash", "../../etc, 2, is not an info-hash",
        "abcdef, 1, No torrent in the list"})
    void whatNamesNoneIsExplained(String text, int exit, String sentence) {
        assertThatThrownBy(() -> HashArgument.find(TWO, text))
                .isInstanceOfSatisfying(CommandFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(exit))
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcd", "abcd0000"})
    void digitsThatFitTwoTorrentsNameNeither(String text) {
        EngineSnapshot twins = Samples.snapshot(Samples.torrent(Samples.HASH, TorrentState.SEEDING, 2000),
                Samples.torrent(new InfoHash("abcd" + "0".repeat(35) + "1"), TorrentState.SEEDING, 2000));

        assertThatThrownBy(() -> HashArgument.find(twins, text))
                .isInstanceOfSatisfying(CommandFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageContaining("2 torrents");
    }
}
