package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
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
        MessageDigest digest = Digests.sha1().get();

        digest.update(text.repeat(times).getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(hash);
    }

    @Test
    void agreeWithTheJdkOnADirectBuffer() {
        ByteBuffer data = ByteBuffer.allocateDirect(300_001);
        for (int i = 0; i < data.capacity(); i++) {
            data.put(i, (byte) (i * 31));
        }
        byte[] bytes = new byte[data.capacity()];
        data.get(0, bytes);

        MessageDigest digest = Digests.sha1().get();
        digest.update(data);

        assertThat(digest.digest()).isEqualTo(SampleTorrent.sha1(bytes));
    }
}
