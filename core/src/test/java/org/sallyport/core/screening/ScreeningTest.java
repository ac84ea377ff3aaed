package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Verdict;

class ScreeningTest {
    @Test
    void withoutAScannerAFileIsNotScannedAndTheReasonSaysWhy(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("letter.txt"), "hello");

        Verdict verdict = new Screening().screen(file, "post/letter.txt");

        assertThat(verdict).isEqualTo(new Verdict(Verdict.Kind.NOT_SCANNED, "No virus scanner is set up yet."));
    }
}
