package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.settings.Settings;

/** What a file turns out to be has to belong to what its torrent was added for. */
class IntentConfirmedTest {
    @TempDir
    Path folder;
    private final Screening screening = new Screening(() -> Settings.Screening.DEFAULT.withScanner("none"), Clock.systemUTC());

    private enum Bytes {
        ZIP("PK\u0003\u0004\u0014\u0000\u0000\u0000\u0000\u0000"), ELF("\u007fELF\u0002\u0001\u0001\u0000"), SCRIPT("#!/bin/sh\nexit\n"),
        PDF("%PDF-1.7\n"), PNG("\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR"), FLAC("fLaC\u0000\u0000\u0000\""), MKV("\u001aE\u00df\u00a3\u0001"),
        OLE("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"), RTF("{\\rtf1 a}"), HTML("<html><head><title>a</title></head>"), TEXT("a letter\n");

        private final byte[] head;

        Bytes(String head) {
            this.head = Arrays.copyOf(head.getBytes(StandardCharsets.ISO_8859_1), Math.max(head.length(), 8));
        }

        byte[] all() {
            return this == SCRIPT || this == RTF || this == HTML || this == TEXT ? head : Arrays.copyOf(head, 600);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VIDEO, a.zip, ZIP", "VIDEO, a.srt, ZIP", "VIDEO, player, ELF", "VIDEO, a.sh, SCRIPT", "VIDEO, a.nfo, PDF", "VIDEO, a.sub, OLE",
        "VIDEO, a.sub, RTF", "MUSIC, a.zip, ZIP", "MUSIC, player.elf, ELF", "MUSIC, a.log, OLE", "PICTURES, a.zip, ZIP", "PICTURES, a.psd, ZIP",
        "PICTURES, a.dng, FLAC", "PICTURES, a.sh, SCRIPT", "PICTURES, a.dng, MKV", "DOCUMENTS, a.zip, ZIP", "DOCUMENTS, a.pdf, ELF",
        "DOCUMENTS, reader, ELF", "DOCUMENTS, a.mobi, MKV", "DOCUMENTS, a.ps, FLAC", "SOFTWARE, a.bin, MKV"})
    void whatDoesNotBelongIsSuspicious(Intent intent, String name, Bytes bytes) throws IOException {
        Verdict verdict = screen(intent, name, bytes);

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.SUSPICIOUS);
        assertThat(screen(Intent.ANYTHING, name, bytes).reason()).doesNotContain("you added");
    }

    @ParameterizedTest
    @CsvSource({
        "VIDEO, a.mkv, MKV", "VIDEO, a.mka, FLAC", "VIDEO, a.jpg, PNG", "VIDEO, a.srt, TEXT", "VIDEO, a.smi, HTML", "VIDEO, a.nfo, RTF",
        "MUSIC, a.flac, FLAC", "MUSIC, a.pdf, PDF", "MUSIC, a.mka, MKV", "MUSIC, a.jpg, PNG", "MUSIC, a.cue, TEXT",
        "PICTURES, a.jpg, PNG", "PICTURES, a.kra, ZIP", "PICTURES, a.txt, TEXT", "DOCUMENTS, a.epub, ZIP", "DOCUMENTS, a.cbz, ZIP",
        "DOCUMENTS, a.doc, OLE", "DOCUMENTS, a.pdf, PDF", "DOCUMENTS, a.rtf, RTF", "DOCUMENTS, a.m4b, FLAC", "DOCUMENTS, a.md, SCRIPT",
        "DOCUMENTS, a.jpg, PNG", "SOFTWARE, a.zip, ZIP", "SOFTWARE, setup, ELF", "SOFTWARE, a.sh, SCRIPT", "SOFTWARE, a.msi, OLE",
        "SOFTWARE, a.pdf, PDF", "ANYTHING, a.zip, ZIP", "ANYTHING, a, ELF", "ANYTHING, a.mkv, MKV"})
    void whatBelongsIsNot(Intent intent, String name, Bytes bytes) throws IOException {
        assertThat(screen(intent, name, bytes).reason()).doesNotContain("you added").doesNotContain("although");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VIDEO     | a.srt  | ZIP  | It is a zip archive, and you added this torrent for video only.
            DOCUMENTS | reader | ELF  | It is a Linux program, and you added this torrent for books and documents only.
            VIDEO     | a.mkv  | ZIP  | It is a zip archive, although its name says that it is a video.
            """)
    void theSentenceSaysWhatItIs(Intent intent, String name, Bytes bytes, String sentence) throws IOException {
        assertThat(screen(intent, name, bytes).reason()).startsWith(sentence);
    }

    private Verdict screen(Intent intent, String name, Bytes bytes) throws IOException {
        Path file = Files.write(folder.resolve("content"), bytes.all());
        return screening.screen(new ScreenRequest(file, "folder/" + name, intent), ScreenWatch.NONE).verdict();
    }
}
