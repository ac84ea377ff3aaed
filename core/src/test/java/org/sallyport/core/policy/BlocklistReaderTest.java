package org.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.RefusedException;

class BlocklistReaderTest {
    private static final BlocklistReader SMALL = new BlocklistReader(2_000, 10_000, 20);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Some name:1.2.3.4-1.2.3.10                             | 1.2.3.4          | 1.2.3.10         | 1.2.3.3         | 1.2.3.11",
        "Name: with, 12, colons - and more:1.2.3.4-1.2.3.10     | 1.2.3.4          | 1.2.3.10         | 1.2.3.3         | 1.2.3.11",
        "Ministry # 5; of :1.2.3.4 - 1.2.3.10                   | 1.2.3.4          | 1.2.3.10         | 1.2.3.3         | 1.2.3.11",
        "001.002.003.004 - 001.002.003.010 , 000 , Some, name   | 1.2.3.4          | 1.2.3.10         | 1.2.3.3         | 1.2.3.11",
        "009.010.011.012 - 009.010.011.099 , 127 ,              | 9.10.11.12       | 9.10.11.99       | 9.10.11.11      | 9.10.11.100",
        "1.2.3.77/24                                            | 1.2.3.0          | 1.2.3.255        | 1.2.2.255       | 1.2.4.0",
        "1.2.3.0/24 ; SBL123                                    | 1.2.3.0          | 1.2.3.255        | 1.2.2.255       | 1.2.4.0",
        "1.2.3.4                                                | 1.2.3.4          | 1.2.3.4          | 1.2.3.3         | 1.2.3.5",
        "128.0.0.0/1                                            | 128.0.0.0        | 255.255.255.255  | 127.255.255.255 | 1.1.1.1",
        "2001:db8::/32                                          | 2001:db8:: "
                + "      | 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff | 2001:db7:ffff::1 | 2001:db9::",
        "2001:db8::1                                            | 2001:db8::1      | 2001:db8::1      | 2001:db8::      | 2001:db8::2",
        "2001:db8::-2001:db8::ff                                | 2001:db8::       | 2001:db8::ff     | 2001:db7::      | 2001:db8::100",
        "A name: of it:2001:db8::-2001:db8::ff                  | 2001:db8::       | 2001:db8::ff     | 2001:db7::      | 2001:db8::100",
        "ffff::/16                                              | ffff::           | ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | fffe::1 | ::1",
        "::ffff:1.2.3.0/120                                     | 1.2.3.0          | 1.2.3.255        | 1.2.2.255       | 1.2.4.0",
        "1.2.3.4/32                                             | ::1.2.3.4        | 64:ff9b::1.2.3.4 | ::1.2.3.5       | 2002:102:305::1"})
    void everyFormatBlocksItsRangeAndNotItsNeighbours(String line, String first, String last, String before, String after) throws Exception {
        Blocklist list = read(line);

        assertThat(list.badLines()).isZero();
        assertThat(list.ranges()).isEqualTo(1);
        assertThat(blocks(list, first)).isTrue();
        assertThat(blocks(list, last)).isTrue();
        assertThat(blocks(list, before)).isFalse();
        assertThat(blocks(list, after)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.256", "1.2.3", "1.2.3.4.5", "1.2.3.9-1.2.3.4", "name:1.2.3.4", "1.2.3.4/33", "1.2.3.4/-1",
            "2001:db8::/129", "::1::",
        ":::", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "12345::", "1.2.3.4-::1", "localhost", "example.org", "::1%eth0", "-", "/", ",",
        ":", "1.2.3.4-",
        "0001.2.3.4", "1..2.3", "1.2.3.4 - 1.2.3.9 , x , y", "１.2.3.4", "<html>"})
    void whatIsNoRangeIsCountedAndSkipped(String line) throws Exception {
        Blocklist list = read(line + "\n9.9.9.9\n");

        assertThat(list.badLines()).isEqualTo(1);
        assertThat(list.ranges()).isEqualTo(1);
    }

    @Test
    void commentsEmptyLinesAndAllowedLevelsAreNeitherRangesNorBad() throws Exception {
        Blocklist list = read("# comment\r\n; another\r\n// third\r\n\r\n   \r\n1.1.1.1 - 1.1.1.9 , 200 , allowed\r\n9.9.9.9\r\n");

        assertThat(list.badLines()).isZero();
        assertThat(list.ranges()).isEqualTo(1);
        assertThat(blocks(list, "1.1.1.5")).isFalse();
    }

    @Test
    void rangesThatOverlapOrTouchBecomeOne() throws Exception {
        Blocklist list = read("1.1.1.10-1.1.1.20\n1.1.1.0-1.1.1.9\n1.1.1.15-1.1.1.30\n1.1.1.32\n"
                + "::8-::9\n::a-::f\n::11\n::-::3\n255.255.255.255\n0.0.0.0\n");

        assertThat(list.ranges()).isEqualTo(7);
        assertThat(blocks(list, "1.1.1.30")).isTrue();
        assertThat(blocks(list, "1.1.1.31")).isFalse();
        assertThat(blocks(list, "::c")).isTrue();
        assertThat(blocks(list, "::10")).isFalse();
        assertThat(blocks(list, "255.255.255.255")).isTrue();
        assertThat(blocks(list, "0.0.0.0")).isTrue();
    }

    @Test
    void aPackedListIsReadAndADamagedOneRefused() throws Exception {
        byte[] packed = packed("1.1.1.1\n2.2.2.2\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(BlocklistReader.read(new ByteArrayInputStream(packed)).ranges()).isEqualTo(2);

        assertRefused(BlocklistReaderTest::read, Arrays.copyOf(packed, packed.length - 9), "blocklist.damaged");
        byte[] flipped = packed.clone();
        flipped[packed.length - 6] ^= 1;
        assertRefused(BlocklistReaderTest::read, flipped, "blocklist.damaged");
    }

    @Test
    void aFileWithoutARangeIsRefused() {
        assertRefused(BlocklistReaderTest::read, new byte[0], "blocklist.no-ranges");
        assertRefused(BlocklistReaderTest::read, "<html>not found</html>".getBytes(StandardCharsets.US_ASCII), "blocklist.no-ranges");
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        String line = "1.1.1.1\n";
        byte[] atLimit = line.repeat(20).getBytes(StandardCharsets.US_ASCII);
        assertThat(SMALL.readAll(new ByteArrayInputStream(atLimit)).ranges()).isEqualTo(1);
        assertRefused(SMALL::readAll, line.repeat(21).getBytes(StandardCharsets.US_ASCII), "blocklist.range-count");

        assertThat(SMALL.readAll(new ByteArrayInputStream(padded(line, 2_000))).ranges()).isEqualTo(1);
        assertRefused(SMALL::readAll, padded(line, 2_001), "blocklist.file-size");

        assertThat(SMALL.readAll(new ByteArrayInputStream(packed(padded(line, 10_000)))).ranges()).isEqualTo(1);
        assertRefused(SMALL::readAll, packed(padded(line, 10_001)), "blocklist.inflated-size");
    }

    @Test
    void aLineWithoutEndCostsNoMemoryAndIsBad() throws Exception {
        Blocklist list = read("x".repeat(5_000_000) + "\n1.1.1.1\n" + " ".repeat(1_017) + "2.2.2.2\n" + " ".repeat(1_018) + "3.3.3.3");

        assertThat(list.badLines()).isEqualTo(2);
        assertThat(list.ranges()).isEqualTo(2);
    }

    @Test
    void manyRangesInAnyOrderAreHeld() throws Exception {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append(random.nextInt(256)).append('.').append(random.nextInt(256)).append('.').append(random.nextInt(256)).append(".0/25\n");
            text.append("2001:").append(Integer.toHexString(i & 0xffff)).append(':').append(Integer.toHexString(random.nextInt(65_536)))
                    .append("::/64\n");
        }

        Blocklist list = read(text.toString());

        assertThat(list.badLines()).isZero();
        assertThat(list.ranges()).isBetween(190_000, 200_000);
    }

    private interface Reading {
        Blocklist of(InputStream in) throws RefusedException, IOException;
    }

    private static void assertRefused(Reading reading, byte[] file, String rule) {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> reading.of(new ByteArrayInputStream(file)))
                .satisfies(e -> assertThat(e.refusal().rule()).isEqualTo(rule));
    }

    private static Blocklist read(String text) throws RefusedException, IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Blocklist read(InputStream in) throws RefusedException, IOException {
        return BlocklistReader.read(in);
    }

    private static boolean blocks(Blocklist list, String address) throws IOException {
        return list.contains(InetAddress.getByName(address));
    }

    private static byte[] padded(String line, int length) {
        return (line + " ".repeat(length - line.length())).replaceAll(" {500}", " ".repeat(499) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] packed(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
            packing.write(plain);
        }
        return out.toByteArray();
    }
}
