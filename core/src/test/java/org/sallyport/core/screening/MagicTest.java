package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bytes are, and whether a name admits it. */
class MagicTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "4d5a90000300000004000000ffff0000 | WINDOWS_PROGRAM",
        "7f454c460201010000000000 | PROGRAM", "cffaedfe0c00000100000000 | PROGRAM", "cafebabe00000002 | PROGRAM", "cafebabe0000003d | PROGRAM",
        "6465780a30333500 | PROGRAM",
        "4c0000000114020000000000c000000000000046 | SHORTCUT",
        "504b0304140000000000 | ARCHIVE", "377abcaf271c0004 | ARCHIVE", "526172211a070100 | ARCHIVE", "28b52ffd0000 | ARCHIVE",
        "4d53434600000000 | ARCHIVE",
        "000000000000002a2a4143452a2a | ARCHIVE", "1f8b0800000000000003 | ARCHIVE",
        "255044462d312e34 | PDF", "7b5c727466310000 | DOCUMENT", "d0cf11e0a1b11ae1 | OLE",
        "ffd8ffe000104a464946 | PICTURE", "89504e470d0a1a0a | PICTURE", "474946383961 | PICTURE",
        "1a45dfa3 | VIDEO", "000000186674797069736f6d | VIDEO", "4944330300 | SOUND",
        "00 | UNKNOWN", "'' | UNKNOWN"})
    void bytesAreKnownByTheirBeginning(String hex, Content.Kind kind) {
        byte[] head = HexFormat.of().parseHex(hex);

        assertThat(Magic.of(head).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "#!/bin/sh | SCRIPT", "#! /usr/bin/perl | SCRIPT", "@echo off | SCRIPT", "  @ECHO OFF | SCRIPT",
        "Windows Registry Editor Version 5.00 | SCRIPT",
        "Set s = CreateObject(\"WScript.Shell\") | SCRIPT", "var a = new ActiveXObject(x) | SCRIPT", "<html><hta:application id=x> | SCRIPT",
        "start powershell -w hidden -enc AAAA | SCRIPT", "[System.Convert]::FromBase64String(x) | SCRIPT",
        "[InternetShortcut] | TEXT_SHORTCUT", "[Desktop Entry] | TEXT_SHORTCUT",
        "MZ is how DOS programs begin, said Mark | UNKNOWN", "#!Great news | TEXT", "hello | TEXT", "<html><body> | DOCUMENT"})
    void textsThatStartSomethingAreKnown(String text, Content.Kind kind) {
        assertThat(Magic.of(text.getBytes(StandardCharsets.UTF_8)).kind()).isEqualTo(kind);
        assertThat(Magic.of(("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE)).kind()).isIn(kind, Content.Kind.TEXT);
    }

    @Test
    void aProgramIsOneAlsoWhereItsHeaderLiesFarBehind() {
        byte[] program = new byte[4096];
        Arrays.fill(program, (byte) 'x');
        program[0] = 'M';
        program[1] = 'Z';
        ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN).putInt(0x3c, 2000).putInt(2000, 0x00004550);

        assertThat(Magic.of(program).kind()).isEqualTo(Content.Kind.WINDOWS_PROGRAM);
    }

    @Test
    void anImageOfACdHasItsMarkAt32KiB() {
        byte[] image = new byte[40 << 10];
        System.arraycopy("CD001".getBytes(StandardCharsets.US_ASCII), 0, image, 32769, 5);

        assertThat(Magic.of(image).kind()).isEqualTo(Content.Kind.DISK_IMAGE);
    }

    @Property
    void anyBytesAreSomething(@ForAll byte[] head, @ForAll String name) {
        Content content = Magic.of(head);

        assertThat(content.what()).isNotEmpty();
        assertThat(NameClaim.mismatch(content, name)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "WINDOWS_PROGRAM | film.mkv | says that it is a video", "WINDOWS_PROGRAM | cover.JPG | says that it is a picture",
        "WINDOWS_PROGRAM | setup | does not say so", "WINDOWS_PROGRAM | book.pdf | ends in .pdf", "WINDOWS_PROGRAM | a.zip | ends in .zip",
        "WINDOWS_PROGRAM | Vol. 2 of it | does not say so",
        "WINDOWS_PROGRAM | setup.exe | -", "WINDOWS_PROGRAM | codec.dll | -", "WINDOWS_PROGRAM | firmware.bin | -",
        "PROGRAM | song.mp3 | says that it is a sound recording", "PROGRAM | bin/tool | -", "PROGRAM | libz.so.1.2 | -", "PROGRAM | libz.so | -",
        "SCRIPT | notes.txt | ends in .txt", "SCRIPT | run.sh | -", "SCRIPT | configure | -", "SCRIPT | index.ts | -",
        "SCRIPT | film.avi | says that it is a video",
        "SHORTCUT | film.mkv | says that it is a video", "SHORTCUT | film.lnk | -", "SHORTCUT | film | does not say so",
        "TEXT_SHORTCUT | film.mkv | says that it is a video", "TEXT_SHORTCUT | index.theme | -",
        "ARCHIVE | film.mkv | says that it is a video", "ARCHIVE | book.pdf | ends in .pdf", "ARCHIVE | book.epub | -", "ARCHIVE | comic.cbz | -",
        "DISK_IMAGE | film.mp4 | says that it is a video", "PDF | cover.png | says that it is a picture", "TEXT | film.mp4 | says that it is a video",
        "TEXT | film.srt | -", "PICTURE | cover.png | -", "VIDEO | song.mp3 | -", "UNKNOWN | film.mkv | -", "OLE | book.pdf | ends in .pdf",
        "OLE | a.doc | -"})
    void aNameMayNotLie(Content.Kind kind, String name, String reason) {
        Optional<String> why = NameClaim.mismatch(new Content(kind, "a thing"), name);

        if (reason.equals("-")) {
            assertThat(why).isEmpty();
        } else {
            assertThat(why).contains("is a thing, although its name " + reason + ".");
        }
    }

    @Test
    void macrosAndInstallersOfOldOfficeFilesAreFound() throws IOException {
        byte[] file = new byte[4096];
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(30, (short) 9).putInt(48, 1);
        assertThat(OleLook.isInstaller(file, reader(file))).isFalse();
        assertThat(OleLook.hasMacros(reader(file))).isFalse();

        System.arraycopy(HexFormat.of().parseHex("84100c0000000000c000000000000046"), 0, file, 1024 + 80, 16);
        System.arraycopy("_VBA_PROJECT".getBytes(StandardCharsets.UTF_16LE), 0, file, 3000, 24);
        assertThat(OleLook.isInstaller(file, reader(file))).isTrue();
        assertThat(OleLook.hasMacros(reader(file))).isTrue();

        assertThat(OleLook.isEncrypted(reader(file))).isFalse();
        System.arraycopy("EncryptedPackage".getBytes(StandardCharsets.UTF_16LE), 0, file, 2000, 32);
        assertThat(OleLook.isEncrypted(reader(file))).isTrue();
    }

    @Property
    void anyOleFileIsLookedAt(@ForAll byte[] file) throws IOException {
        assertThat(OleLook.isInstaller(file, reader(file)) && file.length < 600).isFalse();
        assertThat(OleLook.hasMacros(reader(file))).isFalse();
    }

    private static OleLook.Reader reader(byte[] file) {
        return (place, into) -> {
            int length = (int) Math.max(0, Math.min(into.remaining(), file.length - place));
            into.put(file, (int) Math.min(place, file.length), length);
            return length;
        };
    }
}
