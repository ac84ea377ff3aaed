package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.settings.Settings;

class ScreeningTest {
    private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;
    private String choice = "none";
    private final Screening screening = new Screening(() -> Settings.Screening.DEFAULT.withScanner(choice), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void withoutAScannerAFileIsNotScannedAndTheReasonSaysWhy() throws Exception {
        Path file = Files.writeString(folder.resolve("letter.txt"), "hello");

        assertThat(screen(file)).isEqualTo(new Screened(
                new Verdict(Verdict.Kind.NOT_SCANNED, "The virus scanner is switched off in the settings, so nothing is called clean."), HELLO,
                        NOW, "", Instant.EPOCH, true, "text"));
    }

    @Test
    void anAddressThatMayNotBeUsedIsSaid() {
        choice = "192.0.2.1:3310";

        assertThat(screening.probe()).extracting(ScannerState::kind).isEqualTo(ScannerState.Kind.NONE);
        assertThat(screening.scannerState().sentence()).contains("none that may be used").contains("localhost:");
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path file = Files.writeString(folder.resolve("letter.txt"), "hello");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);

        assertThat(screen(link)).extracting(Screened::verdict, Screened::sha256)
                .containsExactly(Verdict.notScanned("It cannot be read. Check the disk, then scan it again."), "");
    }

    @Test
    void aFileThatIsChangedMeanwhileHasNoHash() throws Exception {
        Path file = Files.writeString(folder.resolve("letter.txt"), "hello");
        ScreenWatch meddler = done -> {
            if (done == 5) {
                write(file);
            }
            return true;
        };

        Screened screened = screening.screen(new ScreenRequest(file, "letter.txt"), meddler);

        assertThat(screened).extracting(Screened::verdict, Screened::sha256, Screened::retry)
                .containsExactly(Verdict.notScanned("It was changed while it was looked at. Scan it again."), "", true);
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "j", StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void canBeCancelled() throws Exception {
        Path file = Files.writeString(folder.resolve("letter.txt"), "hello");

        assertThatThrownBy(() -> screening.screen(new ScreenRequest(file, "letter.txt"), done -> false)).isInstanceOf(CancellationException.class);
    }

    private Screened screen(Path file) {
        return screening.screen(new ScreenRequest(file, "post/letter.txt"), ScreenWatch.NONE);
    }
}
