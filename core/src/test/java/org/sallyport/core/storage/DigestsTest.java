package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.testkit.SampleTorrent;

class DigestsTest {

    /** FIPS 180-1, appendices A to C, and the empty string. */
    @ParameterizedTest
    @CsvSource({
        "'', 1, da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "abc, 1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq, 1, 84983e441c3bd26ebaae4aa1f95129e5e54670f1",
        "a, 1000000, 34aa973cd4c4daa4f61eeb2bdbad27316534016f"})
    void knowThePublishedAnswers(String text, int times, String hash) {
        for (MessageDigest digest : List.of(Digests.sha1().get(), Digests.nativeSha1().get(), Digests.jdkSha1().get())) {
            digest.update(text.repeat(times).getBytes(StandardCharsets.US_ASCII));

            assertThat(HexFormat.of().formatHex(digest.digest())).as("%s", digest.getProvider()).isEqualTo(hash);
        }
    }

    @Test
    void agreeWithTheJdkOnADirectBuffer() {
        ByteBuffer data = ByteBuffer.allocateDirect(300_001);
        for (int i = 0; i < data.capacity(); i++) {
            data.put(i, (byte) (i * 31));
        }
        byte[] bytes = new byte[data.capacity()];
        data.get(0, bytes);

        MessageDigest digest = Digests.nativeSha1().get();
        digest.update(data);

        assertThat(digest.digest()).isEqualTo(SampleTorrent.sha1(bytes));
    }

    /** Lines as Linux 6.1 writes them, shortened; only the first processor's count, whose lines end with an empty one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "processor\t: 0;flags\t\t: fpu sse2 sha_ni umip;bugs\t\t: spectre_v1 | true",
        "processor\t: 0;flags\t\t: fpu sse2 sha_ni | true",
        "processor\t: 0;Features\t: fp asimd aes pmull sha1 sha2 crc32 | true",
        "processor\t: 0;flags\t\t: fpu sse2 sha512_ni avx2 | false",
        "processor\t: 0;bugs\t\t: sha_ni | false",
        "processor\t: 0;flags\t\t: fpu;;processor\t: 1;flags\t\t: sha_ni | false",
        "'' | false"})
    void seeWhatTheProcessorHas(String lines, boolean has, @TempDir Path folder) throws IOException {
        Path cpuInfo = Files.writeString(folder.resolve("cpuinfo"), lines.replace("\\t", "\t").replace(';', '\n'));

        assertThat(Digests.hasInstructions(cpuInfo)).isEqualTo(has);
    }

    @Test
    void takeTheNativeProviderWhereNothingIsKnown(@TempDir Path folder) {
        assertThat(Digests.hasInstructions(folder.resolve("none"))).isFalse();
    }
}
