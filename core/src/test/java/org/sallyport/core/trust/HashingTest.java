package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;

class HashingTest {

    @Test
    void keysAreDerivedAsPublished() { // RFC 5869, A.3: neither salt nor info
        byte[] material = new byte[22];
        Arrays.fill(material, (byte) 0x0b);

        assertThat(HexFormat.of().formatHex(Hashing.hkdf(material, "", 42)))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    @Property(tries = 200)
    void bouncyCastleDerivesTheSame(@ForAll @Size(min = 1, max = 100) byte[] material, @ForAll @AlphaChars @StringLength(max = 20) String purpose,
            @ForAll @IntRange(min = 1, max = 8160) int length) {
        HKDFBytesGenerator theirs = new HKDFBytesGenerator(new SHA256Digest());
        theirs.init(new HKDFParameters(material, new byte[0], Hashing.ascii(purpose)));
        byte[] expected = new byte[length];
        theirs.generateBytes(expected, 0, length);

        assertThat(Hashing.hkdf(material, purpose, length)).isEqualTo(expected);
    }
}
