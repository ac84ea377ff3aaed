package org.sallyport.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.RefusedException;

/** What is not made into a torrent, and that nothing is written then. */
class TorrentAuthorRefusalTest {
    private static final int PIECE = 16 << 10;

    @TempDir
    Path temp;

    @Test
    void refusesSourcesWithNothingToShare() throws Exception {
        Path empty = Files.createDirectories(temp.resolve("empty/sub"));
        Path zero = Files.write(temp.resolve("zero"), new byte[0]);
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder("top", "a"));

        assertThat(rule(request(empty.getParent()))).isEqualTo("create.empty");
        assertThat(rule(request(zero))).isEqualTo("create.empty");
        assertThat(rule(request(link))).isEqualTo("create.source-type");
        assertThat(rule(request(Path.of("/")))).isEqualTo("create.source-type");
        assertThatThrownBy(() -> write(request(temp.resolve("none")))).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a?", "trailing ", "trailing.", "CON", "-rf", "back\\slash", "e\u0301"})
    void refusesNamesThatWouldBeStoredDifferently(String name) throws Exception {
        Path source = folder("top", name);

        RefusedException refused = refused(request(source));

        assertThat(refused.refusal().rule()).isEqualTo("create.name");
        assertThat(refused.refusal().sentence()).contains(PathRule.element(name)).contains("Rename");
    }

    @Test
    void refusesNamesThatDifferOnlyInCase() throws Exception {
        assertThat(rule(request(folder("top", "a", "A")))).isEqualTo("create.name");
    }

    @Test
    void refusesNamesOfPadding() throws Exception {
        assertThat(rule(request(folder("top", "a", "_____padding_file_0_")))).isEqualTo("create.pad-name");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8192, 16385, 49152, 128 << 20, -16384})
    void refusesOddPieceLengths(int pieceLength) throws Exception {
        assertThat(rule(request(folder("top", "a")).withPieceLength(pieceLength))).isEqualTo("create.piece-length");
    }

    @Test
    void refusesAddressesThatCouldNotBeUsed() throws Exception {
        AuthorRequest request = request(folder("top", "a"));
        List<String> many = IntStream.range(0, 51).mapToObj(i -> "http://t" + i + ".example/").toList();

        assertThat(rule(request.withTiers(List.of(List.of("tracker.example"))))).isEqualTo("create.tracker-url");
        assertThat(rule(request.withTiers(List.of(many)))).isEqualTo("create.tracker-url");
        assertThat(rule(request.withWebSeeds(List.of("udp://a.example:1")))).isEqualTo("create.web-seed-url");
    }

    @Test
    void refusesATargetThatCannotBeAFile() throws Exception {
        Path source = folder("top", "a");

        assertThat(rule(AuthorRequest.of(source, temp.resolve("none/x.torrent")))).isEqualTo("create.target");
        assertThat(rule(AuthorRequest.of(source, source))).isEqualTo("create.target");
    }

    @Test
    void refusesMorePiecesThanATorrentHolds() throws Exception {
        Path sparse = temp.resolve("sparse");
        try (var file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(8L << 30);
        }

        assertThat(rule(request(sparse).withPieceLength(PIECE))).isEqualTo("create.piece-count");
    }

    private AuthorRequest request(Path source) {
        return AuthorRequest.of(source, temp.resolve("made.torrent"));
    }

    private Path folder(String name, String... files) throws IOException {
        Path folder = Files.createDirectories(temp.resolve(name));
        for (String file : files) {
            Files.writeString(folder.resolve(file), "content of " + file);
        }
        return folder;
    }

    private static Metainfo write(AuthorRequest request) throws RefusedException, IOException {
        return TorrentAuthor.write(request, p -> { }, () -> false);
    }

    private static String rule(AuthorRequest request) {
        return refused(request).refusal().rule();
    }

    private static RefusedException refused(AuthorRequest request) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> write(request));
        assertThat(refused).as("refused").isNotNull();
        assertThat(Files.isRegularFile(request.target())).isFalse();
        return refused;
    }
}
