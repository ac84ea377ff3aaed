package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.metainfo.PathRule;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameFlag;

class FileNamesTest {
    /** In the names, {@code \}{@code u202e} and the like stand for characters that would spoil this text. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // double endings
        "movie.mkv.exe | DISGUISED PROGRAM", "Movie.MKV.EXE | DISGUISED PROGRAM", "movie.mkv.lnk | DISGUISED SHORTCUT",
                "holiday.jpg.scr | DISGUISED PROGRAM",
        "invoice.pdf.js | DISGUISED SCRIPT", "invoice.pdf.hta | DISGUISED SCRIPT", "song.mp3.desktop | DISGUISED SHORTCUT",
        "movie.mkv.iso | DISGUISED DISK_IMAGE",
        "movie.avi.img | DISGUISED DISK_IMAGE", "scan.pdf .exe | DISGUISED PROGRAM", "letter.doc.docm | DISGUISED MACROS",
        "report.pdf                    .exe | DISGUISED PROGRAM STRETCHED", "setup.zip.exe | DISGUISED PROGRAM",
        "movie\\u2024mkv.exe | DISGUISED PROGRAM",
        // programs and scripts of every system
        "setup.exe | PROGRAM", "setup.msi | PROGRAM", "clip.scr | PROGRAM", "command.com | PROGRAM", "old.pif | PROGRAM",
                "panel.cpl | PROGRAM", "tool.jar | PROGRAM",
        "App.apk | PROGRAM", "tool.AppImage | PROGRAM", "tool.deb | PROGRAM", "tool.run | PROGRAM", "Install.pkg | PROGRAM", "x.command | PROGRAM",
        "run.bat | SCRIPT", "run.cmd | SCRIPT", "run.ps1 | SCRIPT", "run.vbs | SCRIPT", "run.js | SCRIPT", "run.jse | SCRIPT",
        "run.wsf | SCRIPT", "run.hta | SCRIPT",
        "keys.reg | SCRIPT", "help.chm | SCRIPT", "run.sh | SCRIPT", "run.py | SCRIPT", "run.scpt | SCRIPT",
        // shortcuts, macros, images, archives
        "movie.lnk | SHORTCUT", "www.example.url | SHORTCUT", "x.desktop | SHORTCUT", "x.webloc | SHORTCUT", "x.scf | SHORTCUT",
                "x.library-ms | SHORTCUT",
        "letter.docm | MACROS", "sums.xlsm | MACROS", "sums.xlsb | MACROS", "show.pptm | MACROS", "data.accdb | MACROS",
        "disk.iso | DISK_IMAGE", "disk.img | DISK_IMAGE", "disk.vhdx | DISK_IMAGE", "App.dmg | DISK_IMAGE",
        "all.zip | ARCHIVE", "all.rar | ARCHIVE", "all.r07 | ARCHIVE", "all.z01 | ARCHIVE", "all.7z | ARCHIVE", "all.tar.gz | ARCHIVE",
        "all.cab | ARCHIVE",
        "photos.jpg.zip | ARCHIVE",
        // by name
        "autorun.inf | AUTORUN SCRIPT", "AutoRun.INF | AUTORUN SCRIPT", "desktop.ini | AUTORUN", ".autorun | AUTORUN", ".DS_Store | SYSTEM_FILE",
        "Thumbs.db | SYSTEM_FILE", "._movie.mkv | SYSTEM_FILE",
        "movie | NO_ENDING", "Vol. 1 of 3 | NO_ENDING", ".exe | PROGRAM", ".lnk | SHORTCUT", "... | TRAILING NO_ENDING",
        // direction
        "movie\\u202egnp.exe | REVERSED PROGRAM", "gpj.\\u202eexe | REVERSED PROGRAM", "a\\u2066b\\u2069.txt | REVERSED", "a\\u202db.txt | REVERSED",
        // what cannot be seen
        "mo\\u200bvie.mkv | HIDDEN_CHARACTERS", "movie.e\\u200bxe | PROGRAM HIDDEN_CHARACTERS", "mo\\u00advie.mkv | HIDDEN_CHARACTERS",
        "\\ufeffmovie.mkv | HIDDEN_CHARACTERS", "mo\\u2060vie.mkv | HIDDEN_CHARACTERS", "mo\\u200evie.mkv | HIDDEN_CHARACTERS",
        "mo\\u200dvie.mkv | HIDDEN_CHARACTERS",
        "a\\u3164b.mkv | HIDDEN_CHARACTERS", "a\\u0007b.mkv | HIDDEN_CHARACTERS",
        // blanks
        "movie.exe. | PROGRAM TRAILING", "movie.exe... | PROGRAM TRAILING", "'movie.exe ' | PROGRAM TRAILING",
                "movie.exe\\u00a0 | PROGRAM TRAILING UNUSUAL_BLANKS",
        "movie.mkv\\u2003 | TRAILING UNUSUAL_BLANKS", "my\\u00a0movie.mkv | UNUSUAL_BLANKS",
        "movie.mkv\\u00a0.exe | DISGUISED PROGRAM UNUSUAL_BLANKS",
        "movie\\u2003\\u2003\\u2003\\u2003\\u2003\\u2003\\u2003\\u2003\\u2003\\u2003\\u2003.mkv | STRETCHED UNUSUAL_BLANKS",
        // letters that look like others
        "movi\\u0435.mp4 | LOOKALIKE", "movie.m\\u04404 | LOOKALIKE", "mov\\u0456e.\\u0435\\u0445\\u0435 | LOOKALIKE", "p\\u0430ypal.txt | LOOKALIKE",
        "\\u0391pple.txt | LOOKALIKE", "M\\u03bfvie.mkv | LOOKALIKE", "\\u13a0pple.txt | LOOKALIKE", "movie.\\uff45\\uff58\\uff45 | PROGRAM"})
    void whatANameGivesAwayIsTold(String name, String expected) {
        assertThat(flags(List.of(plain(name)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "movie.mkv", "Movie (2019) [1080p] x264.mkv", "Movie.2019.1080p.mp4", "a.b.c.txt", "01 - First song.flac", "README", "LICENSE",
                "Makefile", "SHA256SUMS",
        "notes.md", "book.epub", "letter.docx", "data.bin", "page.html", "sub.en.srt", "model.safetensors", "café.mp3", "Über uns.pdf",
        "naïve.txt", "Ça va ?.txt",
        "Война и мир (War and Peace).mkv", "DVDрип Кино.avi", "Кино.mp4", "Фильм 1080р.mkv", "HTMLка.txt", "iPhoneом.jpg", "Ταινία.mkv",
        "TNFα IFNγ.pdf", "Δt=5 μs.txt",
        "μTorrent.txt", "日本語の映画　第一話.mkv", "映画 Vol.2.mp4", "中文文件.pdf", "한국어 파일.txt", "ไทย.mp3", "हिन्दी फ़िल्म.mkv", "বাংলা.txt", "தமிழ்.pdf",
        "فيلم.mkv", "فیلم می‌خواهم.mkv", "שלום עולם.mp3", "فيلم‏ (2019).mkv", "ქართული.txt", "հայերեն.txt", "አማርኛ.txt", "Tiếng Việt.mp4",
        "İstanbul ığüşöç.jpg",
        "👩‍👩‍👧 family.jpg", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Scotland.jpg", "❤️.png", "က္ခ.txt", "मराठी क्‍ष.txt", "Screenshot 2024-01-01 at 10.00.00 AM.png",
        "C++ – a guide.pdf", "100% (1).jpg",
        "Ｆｕｌｌ　ｗｉｄｔｈ.txt", "𝐛𝐨𝐥𝐝.txt", "Ελλάδα & Cyprus.mp4", "Beyoncé – Halo.mp3", "x.tar.mkv", "What is this.mkv",
        "S01E01.HDTV.x264-GROUP.mkv", "v1.2.txt"})
    void honestNamesAreLeftAlone(String name) {
        assertThat(flags(List.of(name))).isEmpty();
    }

    @Test
    void foldersAreLookedAtToo() {
        assertThat(flags(List.of("My\u202Egnp", "a.txt"))).isEqualTo("REVERSED");
        assertThat(flags(List.of("Tool.app", "Contents", "MacOS", "tool"))).isEqualTo("PROGRAM NO_ENDING");
        assertThat(flags(List.of("p\u0430ypal", "a.txt"))).isEqualTo("LOOKALIKE");
        assertThat(flags(List.of("Season 1", "Wait for it...", "a.txt"))).isEmpty();
    }

    /** What is written to disk counts as well: the name it becomes may be another one. */
    @Test
    void theNameThatItBecomesIsLookedAtToo() {
        assertThat(new FileNames().flags(List.of("movie.mkv"), "folder/movie.exe")).containsExactly(NameFlag.PROGRAM);
        assertThat(flags(List.of("x".repeat(5000) + ".exe"))).isEqualTo("PROGRAM");
        assertThat(flags(List.of("movie.mkv" + " ".repeat(5000) + ".exe"))).contains("PROGRAM", "STRETCHED");
    }

    /** A type that belongs to films, music, pictures or documents is never one that starts something. */
    @Test
    void noIntentButSoftwareTakesProgramsIn() {
        Set<String> risky = new TreeSet<>();
        for (Intent intent : List.of(Intent.VIDEO, Intent.MUSIC, Intent.PICTURES, Intent.DOCUMENTS)) {
            intent.types().stream()
                    .filter(type -> RiskyTypes.ofEnding(type).filter(flag -> flag.risk() != NameFlag.Risk.NOTICE).isPresent()).forEach(risky::add);
        }

        assertThat(risky).isEmpty();
        assertThat(Intent.SOFTWARE.includes("setup.exe")).isTrue();
    }

    private static String flags(List<String> raw) {
        String safe = raw.stream().map(PathRule::element).collect(Collectors.joining("/"));
        return new FileNames().flags(raw, safe).stream().map(NameFlag::name).collect(Collectors.joining(" "));
    }

    private static String plain(String escaped) {
        String[] parts = escaped.split("\\\\u", -1);
        return parts[0] + Arrays.stream(parts, 1, parts.length)
                .map(part -> (char) Integer.parseInt(part.substring(0, 4), 16) + part.substring(4)).collect(Collectors.joining());
    }
}
