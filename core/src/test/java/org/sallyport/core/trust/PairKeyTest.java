package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.trust.Devices.RANDOM;
import static org.sallyport.core.trust.Devices.rule;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.model.Bytes;

class PairKeyTest {

    /** RFC 5869, test case 3. */
    @Test
    void derivationIsThatOfTheStandard() {
        byte[] material = new byte[22];
        Arrays.fill(material, (byte) 0x0b);

        assertThat(HexFormat.of().formatHex(Hashing.hkdf(material, "", 42)))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    /** Worked out once with Python's hmac: both devices may run different versions, so the key must never change. */
    @Test
    void bothSharesMakeTheKey() throws Exception {
        PairShare one = share(1);
        PairShare other = share(2);

        assertThat(HexFormat.of().formatHex(PairKey.agree(one, other).copy()))
                .isEqualTo("b3d7cfbcc6e7eb7dab4c6dcaeb215dfd3bd2c5fdf794412c9292f0f78986fc74");
        assertThat(PairKey.agree(other, one)).isNotEqualTo(PairKey.agree(one, other));
    }

    @Test
    void aShareOfAnotherLengthIsRefused() {
        for (int length : List.of(0, 31, 33, 100_000)) {
            assertThat(rule(() -> PairShare.fromWire(new byte[length]))).isEqualTo("pairing.message");
        }
    }

    @Test
    void aShareIsACopyBothWays() throws Exception {
        byte[] received = new byte[32];
        PairShare share = PairShare.fromWire(received);
        received[0] = 1;
        share.toWire()[1] = 1;

        assertThat(share.toWire()).isEqualTo(new byte[32]);
    }

    @Test
    void whatTwoIdsMakeIsTheSameOnBothSidesAndOtherForOthers() {
        PairingSecret secret = PairingSecret.ofIds(Devices.id(1), Devices.id(2));

        assertThat(PairingSecret.ofIds(Devices.id(2), Devices.id(1))).isEqualTo(secret);
        assertThat(PairingSecret.ofIds(Devices.id(1), Devices.id(3))).isNotEqualTo(secret);
    }

    static Stream<Object> secretThings() throws Exception {
        PairingOffer offer = PairingOffer.make(Devices.id(1), List.of(), new SetClock(), RANDOM);
        PairedDevice device = Devices.paired(Devices.publicKey(1), Devices.pairKey(0xAB));
        return Stream.of(Devices.pairKey(0xAB), PairShare.make(RANDOM), offer.code().secret(), offer, offer.code(), device,
                new Caller.Invited(offer), new Caller.Paired(device),
                SafetyWords.of(device.publicKey(), Bytes.EMPTY, Devices.publicKey(2), Bytes.EMPTY),
                new KeyFile.Keys(SelfSigned.newKey(RANDOM).getPrivate(), null, KeyFile.newSeal(RANDOM)));
    }

    @ParameterizedTest
    @MethodSource("secretThings")
    void nothingSecretIsEverPrinted(Object thing) throws Exception {
        // the shared secrets of these samples are made of 0xAB or random; a printed one would be hex, base32 or a list of numbers
        assertThat(thing.toString()).doesNotContainIgnoringCase("abababab").doesNotContain("-85, -85").doesNotContain("SALLYPORT:")
                .doesNotContainPattern("[0-9a-f]{16}").doesNotContain("192.0.2.1");
        if (thing instanceof Secret) {
            assertThat(thing).hasToString(thing.getClass().getSimpleName() + "(hidden)");
        }
    }

    private static PairShare share(int number) throws Exception {
        byte[] content = new byte[32];
        Arrays.fill(content, (byte) number);
        return PairShare.fromWire(content);
    }
}
