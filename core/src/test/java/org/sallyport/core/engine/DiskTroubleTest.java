package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.model.Outcome;

class DiskTroubleTest {
    @TempDir
    Path temp;
    private TestEngines engines;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("/a"), "You may not use /a. Change its permissions"),
                Arguments.of(new FileSystemException("/a", null, "Read-only file system"), "/a is on a disk that can only be read. Choose"),
                Arguments.of(new FileSystemException("/a/b", null, "Not a directory"), "A part of /a/b is a file"),
                Arguments.of(new FileSystemException("/a", null, "No space left on device"), "There is no room left for /a. Free some space"),
                Arguments.of(new FileSystemException("/a", null, "Input/output error"),
                        "The disk had trouble with /a (Input/output error). Try again"),
                Arguments.of(new IOException("the cable fell out"), "The disk had trouble: the cable fell out"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void eachTroubleIsASentence(IOException trouble, String begin) {
        assertThat(DiskTrouble.sentence(trouble)).startsWith(begin);
    }

    @Test
    void whatIsNotThereIsSaidInWords() throws Exception {
        Path nothing = temp.resolve("nothing");

        Outcome<?> outcome = engines.start("one").inspect(nothing).get(20, TimeUnit.SECONDS);

        assertThat(outcome).isEqualTo(Outcome.failed("There is no " + nothing + ". Check the name, or choose another place."));
    }

    @Test
    void aDataFolderThatCannotBeMadeIsSaidInWords() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));

        EngineStartException trouble = catchThrowableOfType(EngineStartException.class, () -> engines.start(EngineOptions.in(file.resolve("below"))));

        assertThat(trouble).hasMessageStartingWith("The data folder cannot be used. ").hasMessageContaining("hoose another")
                .hasMessageEndingWith(".");
    }
}
