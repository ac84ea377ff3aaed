package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

/** Archives of all kinds, well made and hostile; none is unpacked. */
class ArchivesTest {
    private static final byte[] PROGRAM = Arrays.copyOf(new byte[] {'M', 'Z', (byte) 0x90, 0, 3}, 200);
    private static final byte[] TEXT = "hello".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"zip", "7z", "tar", "tar.gz", "tar.bz2", "tar.xz"})
    void whatIsInItIsLookedAt(String format) throws Exception {
        Findings good = look(make(format, Map.of("docs/letter.txt", TEXT, "setup.exe", PROGRAM)), "a." + format);
        assertThat(good.suspicions()).isEmpty();
        assertThat(good.incomplete()).isEmpty();

        Findings bad = look(make(format, Map.of("photos/holiday.jpg", PROGRAM)), "a." + format);
        assertThat(bad.suspicions()).isEqualTo("In it, \"photos/holiday.jpg\" is a Windows program, although its name says that it is a picture.");
        assertThat(bad.incomplete()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "7z", "tar", "tar.gz"})
    void archivesInArchivesAreLookedIntoToDepthThree(String format) throws Exception {
        byte[] bytes = make(format, Map.of("holiday.jpg", PROGRAM));
        for (int depth = 2; depth <= 3; depth++) {
            bytes = make(format, Map.of("inner." + format, bytes));
            Findings findings = look(bytes, "a." + format);
            assertThat(findings.suspicions()).as("depth " + depth).contains("holiday.jpg");
        }
        Findings deeper = look(make(format, Map.of("inner." + format, bytes)), "a." + format);
        assertThat(deeper.incomplete()).contains("deeper than is looked");
    }

    /** Of what is read from its beginning to its end nothing is held, so its size does not matter. */
    @ParameterizedTest
    @ValueSource(strings = {"tar", "tar.gz"})
    void aLargeArchiveInAnArchiveIsLookedInto(String format) throws Exception {
        byte[] inner = make(format, new TreeMap<>(Map.of("a.dat", random(17 << 20), "holiday.jpg", PROGRAM)));

        Findings whole = look(make("tar", Map.of("inner." + format, inner)), "a.tar");
        assertThat(whole.suspicions()).contains("holiday.jpg");
        assertThat(whole.incomplete()).isEmpty();
        Findings half = look(make("tar", Map.of("inner." + format, Arrays.copyOf(inner, inner.length / 2))), "a.tar");
        assertThat(half.incomplete()).contains("damaged");
    }

    @Test
    void aLargeArchiveInAnArchiveThatHasToBeHeldIsNotLookedInto() throws Exception {
        byte[] inner = make("zip", Map.of("a.dat", random(17 << 20)));

        assertThat(look(make("tar", Map.of("inner.zip", inner)), "a.tar").incomplete()).contains("more than 16 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../.bashrc", "/etc/passwd", "..\\evil.txt", "C:\\Windows\\x.txt", "a/../../b"})
    void aNameThatLeavesItsFolderIsSuspicious(String name) throws Exception {
        for (String format : new String[] {"zip", "7z", "tar"}) {
            assertThat(look(make(format, Map.of(name, TEXT)), "a." + format).suspicions()).as(format).contains("outside its folder");
        }
    }

    @Test
    void namesInsidePassTheNameRules() throws Exception {
        assertThat(look(make("zip", Map.of("invoice.pdf.exe", PROGRAM)), "a.zip").suspicions()).contains("invoice.pdf.exe").contains("real ending");
        assertThat(look(make("zip", Map.of("a/autorun.inf", TEXT)), "a.zip").suspicions()).contains("autorun.inf");
    }

    @Test
    void macrosInADocumentThatDoesNotSaySoAreSuspicious() throws Exception {
        byte[] document = make("zip", Map.of("[Content_Types].xml", TEXT, "word/vbaProject.bin", TEXT));

        assertThat(look(document, "letter.docx").suspicions()).contains("macros");
    }

    @Test
    void aSingleCompressedFileIsLookedAtUnderItsOwnName() throws Exception {
        assertThat(look(gzip(PROGRAM), "holiday.jpg.gz").suspicions()).contains("holiday.jpg").contains("Windows program");
        assertThat(look(gzip(PROGRAM), "setup.exe.gz").suspicions()).isEmpty();
        assertThat(look(gzip(TEXT), "notes.txt.gz").incomplete()).isEmpty();
    }

    @Test
    void whatIsEncryptedIsNotLookedAtAndSaysSo() throws Exception {
        byte[] zip = make("zip", Map.of("secret.txt", TEXT));
        // general purpose bit 0, in the local header and in the central directory (APPNOTE 4.4.4)
        zip[6] |= 1;
        int central = indexOf(zip, new byte[] {'P', 'K', 1, 2});
        zip[central + 8] |= 1;
        assertThat(look(zip, "a.zip").incomplete()).contains("encrypted").contains("password");

        ByteArrayOutputStream seven = new ByteArrayOutputStream();
        try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel();
                SevenZOutputFile out = new SevenZOutputFile(channel, "password".toCharArray())) {
            put(out, "secret.txt", TEXT);
            out.finish();
            seven.write(channel.array(), 0, (int) channel.size());
        }
        assertThat(look(seven.toByteArray(), "a.7z").incomplete()).contains("encrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"526172211a070100cf907300", "28b52ffd0408000000", "4d5343460000000000000000", "000000000000002a2a4143452a2a"})
    void whatThisProgramCannotLookIntoIsSaid(String hex) throws Exception {
        byte[] archive = HexFormat.of().parseHex(hex);

        assertThat(look(archive, "a.bin").incomplete()).contains("cannot look into");
        assertThat(look(make("zip", Map.of("inner.rar", archive)), "a.zip").incomplete()).contains("cannot look into");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "7z", "tar.gz", "tar.bz2", "tar.xz"})
    void halfAnArchiveIsNotWhole(String format) throws Exception {
        byte[] whole = make(format, Map.of("a.bin", random(50_000), "b.bin", random(50_000)));

        assertThat(look(Arrays.copyOf(whole, whole.length / 2), "a." + format).incomplete()).contains("damaged");
    }

    @Test
    void aBombIsKnownByWhatComesOutOfIt() throws Exception {
        Findings findings = look(gzip(300 << 20), "zeros.gz");

        assertThat(findings.suspicions()).contains("fill a disk");
        assertThat(findings.incomplete()).contains("not all of it");
    }

    @Test
    void zipsInZipsInZipsEndWithTheirEntries() throws Exception {
        byte[] bytes = make("zip", Map.of("0.dll", new byte[1 << 20]));
        for (int layer = 0; layer < 4; layer++) {
            Map<String, byte[]> sixteen = new LinkedHashMap<>();
            for (int i = 0; i < 16; i++) {
                sixteen.put("lib " + i + ".zip", bytes);
            }
            bytes = make("zip", sixteen);
        }

        assertThat(look(bytes, "42.zip").incomplete()).isNotEmpty();
    }

    @Test
    void entriesThatShareBytesAreSuspicious() throws Exception {
        assertThat(look(overlapping(50), "a.zip").suspicions()).contains("lie over one another");
    }

    @Test
    void moreEntriesThanAnybodyCanLookAtEndTheLook() throws Exception {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i <= ArchiveBudget.MOST_ENTRIES; i++) {
            many.put(Integer.toString(i), new byte[0]);
        }
        assertThat(look(make("zip", many), "a.zip").incomplete()).contains("more than " + ArchiveBudget.MOST_ENTRIES);
        assertThat(look(make("tar.gz", many), "a.tar.gz").incomplete()).contains("more than " + ArchiveBudget.MOST_ENTRIES);

        byte[] zip = make("zip", Map.of("a", TEXT));
        // the end of the central directory says that it begins 4 GiB before it ends
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(zip.length - 22 + 12, -2).putInt(zip.length - 22 + 16, -1);
        assertThat(look(zip, "a.zip").incomplete()).contains("so many files");
    }

    @Test
    void aNameOfManyMegabytesIsNotKept() throws Exception {
        byte[] header = new byte[512];
        System.arraycopy("././@LongLink".getBytes(StandardCharsets.US_ASCII), 0, header, 0, 13);
        System.arraycopy("00400000000\0".getBytes(StandardCharsets.US_ASCII), 0, header, 124, 12);
        header[156] = 'L';
        long sum = 8 * ' ';
        for (byte one : header) {
            sum += one & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII), 0, header, 148, 8);
        assertThat(look(Arrays.copyOf(header, 64 << 20), "a.tar").incomplete()).contains("damaged");

        Findings long1 = look(make("tar.gz", Map.of("x".repeat(20_000) + ".txt", TEXT)), "a.tar.gz");
        assertThat(long1.suspicions()).contains("20004 letters");
    }

    @Test
    void aPackedHeaderThatUnpacksToGigabytesIsNotUnpacked() throws Exception {
        byte[] bomb = packedHeader(1 << 20, 2_000_000_000L);
        assertThat(look(bomb, "a.7z").incomplete()).contains("so many files");

        ByteBuffer whole = ByteBuffer.wrap(make("7z", Map.of("a", TEXT))).order(ByteOrder.LITTLE_ENDIAN).putLong(20, 1L << 30);
        assertThat(look(whole.array(), "a.7z").incomplete()).contains("so many files");
        assertThat(look(packedHeader(1 << 20, 1 << 20), "a.7z").incomplete()).contains("damaged");
    }

    /** A 7z whose header is zeros packed with LZMA. @param real bytes of it @param said as many as it says */
    private static byte[] packedHeader(int real, long said) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (LZMAOutputStream out = new LZMAOutputStream(packed, new LZMA2Options(1), false)) {
            out.write(new byte[real]);
        }
        ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x17).put((byte) 6).put((byte) 0).put((byte) 1).put((byte) 9).put((byte) 0xf0).putInt(packed.size()).put((byte) 0);
        header.put((byte) 7).put((byte) 0x0b).put((byte) 1).put((byte) 0).put((byte) 1).put((byte) 0x23).put((byte) 3).put((byte) 1).put((byte) 1)
                .put((byte) 5).put((byte) 0x5d).putInt(1 << 20).put((byte) 0x0c).put((byte) 0xf0).putInt((int) said).put((byte) 0).put((byte) 0);
        byte[] encoded = Arrays.copyOf(header.array(), header.position());
        ByteBuffer start = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(packed.size()).putLong(encoded.length).putInt(crc(encoded));
        ByteBuffer all = ByteBuffer.allocate(32 + packed.size() + encoded.length).order(ByteOrder.LITTLE_ENDIAN);
        all.put("7z\u00bc\u00af\u0027\u001c\0\4".getBytes(StandardCharsets.ISO_8859_1)).putInt(crc(start.array())).put(start.array());
        return all.put(packed.toByteArray()).put(encoded).array();
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Test
    void whatTheScannerPassesOverIsNotWhole() throws Exception {
        byte[] zip = make("zip", Map.of("a.dat", new byte[2 << 20], "b.dat", new byte[2 << 20]));

        assertThat(look(zip, "a.zip", new Scanner.Reach(5 << 20, 3 << 20, 5, 5, false)).incomplete()).isEmpty();
        assertThat(look(zip, "a.zip", new Scanner.Reach(3 << 20, 3 << 20, 5, 5, false)).incomplete()).contains("MaxScanSize");
        assertThat(look(zip, "a.zip", new Scanner.Reach(5 << 20, 1 << 20, 5, 5, false)).incomplete()).contains("MaxFileSize");
        assertThat(look(zip, "a.zip", new Scanner.Reach(5 << 20, 3 << 20, 5, 1, false)).incomplete()).contains("MaxFiles");
        assertThat(look(zip, "a.zip", new Scanner.Reach(1, 1, 1, 1, true)).incomplete()).isEmpty();
    }

    @Property(tries = 300)
    void aDamagedArchiveIsAFindingAtMost(@ForAll @IntRange(max = 5) int kind, @ForAll @IntRange(max = 100_000) int place,
            @ForAll byte value) throws Exception {
        String format = new String[] {"zip", "7z", "tar", "tar.gz", "tar.bz2", "tar.xz"}[kind];
        byte[] bytes = make(format, Map.of("letter.txt", TEXT, "sub/other.txt", TEXT));
        bytes[place % bytes.length] ^= value;

        assertThat(look(bytes, "a." + format)).isNotNull();
    }

    @Property(tries = 300)
    void anyBytesAfterTheMarkAreAFindingAtMost(@ForAll @IntRange(max = 5) int kind, @ForAll byte[] rest) throws Exception {
        String mark = new String[] {"PK\003\004", "7z\u00bc\u00af\u0027\u001c\0\4", "\u001f\u008b\b", "BZh91AY&SY", "\u00fd7zXZ\0",
                "PK\005\006"}[kind];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(mark.getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(rest);

        assertThat(look(bytes.toByteArray(), "a")).isNotNull();
    }

    private static Findings look(byte[] bytes, String name) {
        return look(bytes, name, Scanner.Reach.UNLIMITED);
    }

    private static Findings look(byte[] bytes, String name, Scanner.Reach reach) {
        Findings findings = new Findings();
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, Magic.HEAD));
        new Archives(findings, new ArchiveBudget(findings, reach, bytes.length, () -> { }))
                .look(new SeekableInMemoryByteChannel(bytes), head, Magic.of(head), name);
        return findings;
    }

    private static byte[] make(String format, Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        switch (format) {
            case "zip" -> {
                try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                    for (Map.Entry<String, byte[]> file : files.entrySet()) {
                        zip.putNextEntry(new ZipEntry(file.getKey()));
                        zip.write(file.getValue());
                        zip.closeEntry();
                    }
                }
            }
            case "7z" -> {
                try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel(); SevenZOutputFile out = new SevenZOutputFile(channel)) {
                    for (Map.Entry<String, byte[]> file : files.entrySet()) {
                        put(out, file.getKey(), file.getValue());
                    }
                    out.finish();
                    bytes.write(channel.array(), 0, (int) channel.size());
                }
            }
            case "tar" -> tar(bytes, files);
            case "tar.gz" -> tar(new GZIPOutputStream(bytes), files);
            case "tar.bz2" -> tar(new BZip2CompressorOutputStream(bytes), files);
            case "tar.xz" -> tar(new XZCompressorOutputStream(bytes), files);
            default -> throw new AssertionError(format);
        }
        return bytes.toByteArray();
    }

    private static void tar(OutputStream to, Map<String, byte[]> files) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(to)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
    }

    private static void put(SevenZOutputFile out, String name, byte[] bytes) throws IOException {
        SevenZArchiveEntry entry = new SevenZArchiveEntry();
        entry.setName(name);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(int zeros) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            byte[] chunk = new byte[1 << 20];
            for (int i = 0; i < zeros >> 20; i++) {
                gzip.write(chunk);
            }
        }
        return out.toByteArray();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static int indexOf(byte[] bytes, byte[] mark) {
        for (int i = 0; i + mark.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    /** One stored file, and a central directory that names it many times. */
    private static byte[] overlapping(int times) {
        CRC32 crc = new CRC32();
        crc.update(TEXT);
        ByteBuffer zip = ByteBuffer.allocate(10_000).order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(0x04034b50).putShort((short) 10).putShort((short) 0).putShort((short) 0).putInt(0).putInt((int) crc.getValue())
                .putInt(TEXT.length).putInt(TEXT.length).putShort((short) 1).putShort((short) 0).put((byte) 'a').put(TEXT);
        int start = zip.position();
        for (int i = 0; i < times; i++) {
            zip.putInt(0x02014b50).putShort((short) 10).putShort((short) 10).putShort((short) 0).putShort((short) 0).putInt(0)
                    .putInt((int) crc.getValue())
                    .putInt(TEXT.length).putInt(TEXT.length).putShort((short) 2).putShort((short) 0).putShort((short) 0).putShort((short) 0)
                    .putShort((short) 0).putInt(0).putInt(0).put((byte) ('a' + i % 26)).put((byte) ('a' + i / 26));
        }
        int size = zip.position() - start;
        zip.putInt(0x06054b50).putShort((short) 0).putShort((short) 0).putShort((short) times).putShort((short) times).putInt(size).putInt(start)
                .putShort((short) 0);
        return Arrays.copyOf(zip.array(), zip.position());
    }
}
