package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rc4Test {

    @ParameterizedTest
    @CsvSource({ // RFC 6229
            "0102030405, 0, b2396305f03dc027ccc3524a0a1118a8",
            "0102030405, 1024, 30abbcc7c20b01609f23ee2d5f6bb7df",
            "0102030405060708090a0b0c0d0e0f10, 0, 9ac7cc9a609d1ef7b2932899cde41b97",
            "0102030405060708090a0b0c0d0e0f10, 1024, bdf0324e6083dcc6d3cedd3ca8c53c16"})
    void keyStreamIsAsPublished(String key, int skipped, String stream) {
        ByteBuf zeros = Unpooled.buffer().writeZero(16);

        new Rc4(HexFormat.of().parseHex(key), skipped).apply(zeros);

        assertThat(ByteBufUtil.hexDump(zeros)).isEqualTo(stream);
    }

    @Property(tries = 300)
    void theJdkAgreesHoweverTheBytesAreCutAndWhereverTheyLie(@ForAll @Size(20) byte[] key, @ForAll @Size(min = 1, max = 200) byte[] bytes,
            @ForAll @Size(max = 8) byte[] cuts) throws GeneralSecurityException {
        Cipher jdk = Cipher.getInstance("ARCFOUR");
        jdk.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
        byte[] expected = jdk.update(bytes);

        Rc4 copying = new Rc4(key, 0);
        Rc4 inPlace = new Rc4(key, 0);
        ByteBuf direct = Unpooled.directBuffer().writeBytes(bytes);
        ByteBuf copied = Unpooled.buffer(1).writeZero(3).skipBytes(3);
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int length = i == cuts.length ? bytes.length - from : Math.min(bytes.length - from, cuts[i] & 31);
            copying.copy(direct.slice(from, length), copied);
            from += length;
        }
        from = 0;
        for (int length : new int[] {Math.min(7, bytes.length), bytes.length - Math.min(7, bytes.length)}) {
            inPlace.apply(direct.slice(from, length));
            from += length;
        }

        assertThat(ByteBufUtil.getBytes(copied)).isEqualTo(expected);
        assertThat(ByteBufUtil.getBytes(direct)).isEqualTo(expected);
        direct.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {16_383, 16_384, 16_385, 100_000})
    void theJdkAgreesOnWhatIsLongerThanWeTakeAtOnce(int length) throws GeneralSecurityException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        byte[] key = {1, 2, 3, 4, 5};
        Cipher jdk = Cipher.getInstance("ARCFOUR");
        jdk.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
        ByteBuf direct = Unpooled.directBuffer().writeBytes(bytes);
        ByteBuf copied = Unpooled.buffer();

        new Rc4(key, 0).copy(direct, copied);
        new Rc4(key, 0).apply(direct);

        byte[] expected = jdk.update(bytes);
        assertThat(ByteBufUtil.getBytes(copied)).isEqualTo(expected);
        assertThat(ByteBufUtil.getBytes(direct)).isEqualTo(expected);
        direct.release();
    }

    @Property(tries = 20)
    void copyingLeavesTheOriginalAsItIs(@ForAll @Size(min = 1, max = 100) byte[] bytes) {
        ByteBuf original = Unpooled.wrappedBuffer(bytes.clone());

        new Rc4(new byte[] {1}, 0).copy(original, Unpooled.buffer());

        assertThat(Arrays.equals(ByteBufUtil.getBytes(original), bytes)).isTrue();
    }
}
