package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.trust.Devices.ADDRESSES;
import static org.sallyport.core.trust.Devices.rule;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;

class PairingCodeTest {
    private static final PairingCode CODE = new PairingCode(Devices.id(1), new PairingSecret(new byte[16]), ADDRESSES);

    @Test
    void aCodeIsReadBackHoweverItWasPasted() throws Exception {
        assertThat(PairingCode.parse(CODE.text())).isEqualTo(CODE);
        assertThat(PairingCode.parse("  " + CODE.text().toLowerCase(Locale.ROOT).replaceAll("(.{30})", "$1 \r\n") + "\t")).isEqualTo(CODE);
    }

    @Test
    void textFitsASmallQrCode() {
        PairingCode one = new PairingCode(Devices.id(1), new PairingSecret(new byte[16]), ADDRESSES.subList(0, 1));
        PairingCode eight = new PairingCode(Devices.id(1), new PairingSecret(new byte[16]),
                IntStream.range(1, 9).mapToObj(i -> PeerAddress.parse("[2001:db8::" + i + "]:6000")).toList());

        assertThat(one.text()).matches("[A-Z0-9:]+").hasSize(108);
        assertThat(eight.text()).hasSizeLessThanOrEqualTo(341); // version 11, level M: 366 alphanumeric characters
    }

    @Test
    void everyCodeHasAnotherSecret() throws Exception {
        SetClock clock = new SetClock();
        PairingOffer one = PairingOffer.make(Devices.id(1), List.of(), clock, Devices.RANDOM);
        PairingOffer other = PairingOffer.make(Devices.id(1), List.of(), clock, Devices.RANDOM);

        assertThat(one.code().secret()).isNotEqualTo(other.code().secret());
        assertThat(one.code().id()).isEqualTo(other.code().id());
    }

    @Property
    void oneWrongCharacterIsAlwaysNoticed(@ForAll @IntRange(min = 10, max = 130) int at, @ForAll @IntRange(max = 31) int value) {
        String text = CODE.text();
        char wrong = Character.toUpperCase(Base32.ALPHABET.charAt(value));
        if (at < text.length() && text.charAt(at) != wrong) {
            assertThat(rule(() -> PairingCode.parse(text.substring(0, at) + wrong + text.substring(at + 1)))).isEqualTo("pairing.code-check");
        }
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        survives(text);
        survives("SALLYPORT:" + text);
    }

    @Property
    void anyBytesWithARightCheckAreReadOrRefused(@ForAll @Size(max = 300) byte[] body) {
        survives(text(body));
    }

    @Property
    void anyAddressesWithARightCheckAreReadOrRefused(@ForAll @Size(max = 60) byte[] addresses) {
        byte[] body = new byte[49 + addresses.length];
        body[0] = 1;
        System.arraycopy(addresses, 0, body, 49, addresses.length);
        survives(text(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SALLYPORT", "SALLYPORT:", "SALLYPORT1:AAAA", "magnet:?xt=urn:btih:", "sallyport:00", "SALLYPORT:ÄÖ",
            "SALLYPORT:A=A"})
    void otherTextIsRefused(String text) {
        assertThat(rule(() -> PairingCode.parse(text))).isIn("pairing.code-format", "pairing.code-check");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pairing.code-version | 02 | 00
            pairing.code-version | 00 | 00
            pairing.code-format  | 01 |
            pairing.code-format  | 01 | 01
            pairing.code-format  | 01 | 0005C0000201001770
            pairing.code-format  | 01 | 0104C00002010000
            pairing.code-format  | 01 | 0104C000020117
            pairing.code-format  | 01 | 0106C0000201001770
            pairing.code-format  | 01 | 01FFC0000201001770
            pairing.code-format  | 01 | 0104C0000201177000
            pairing.code-format  | 01 | 0204C0000201177004C00002011770
            pairing.code-format  | 01 | FF04C00002011770
            device-address.kind  | 01 | 0104000000001770
            device-address.kind  | 01 | 0104E00000011770
            """)
    void aCodeThatSaysSomethingElseIsRefused(String rule, String version, String rest) {
        byte[] head = new byte[49];
        head[0] = Byte.parseByte(version);
        byte[] tail = rest == null ? new byte[0] : HexFormat.of().parseHex(rest);
        String expected = rest == null ? "pairing.code-check" : rule; // shorter than any code: the check comes first

        assertThat(rule(() -> PairingCode.parse(text(Hashing.join(head, tail))))).isEqualTo(expected);
    }

    @Test
    void nineAddressesAreRefused() {
        byte[] head = new byte[50];
        head[0] = 1;
        head[49] = 9;
        byte[] body = head;
        for (int i = 1; i <= 9; i++) {
            body = Hashing.join(body, new byte[] {4, 10, 0, 0, (byte) i, 0x17, 0x70});
        }
        String text = text(body);

        assertThat(rule(() -> PairingCode.parse(text))).isEqualTo("device-address.count");
        assertThatThrownBy(() -> new PairingCode(Devices.id(1), new PairingSecret(new byte[16]),
                IntStream.range(1, 10).mapToObj(i -> PeerAddress.parse("10.0.0." + i + ":6000")).toList()))
                        .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHugeTextIsRefusedWithoutReadingIt() {
        assertThat(rule(() -> PairingCode.parse(CODE.text() + " ".repeat(10_000_000)))).isEqualTo("pairing.code-format");
    }

    private static String text(byte[] body) {
        return "SALLYPORT:" + Base32.encode(Hashing.join(body, Arrays.copyOf(Hashing.sha256(body), 4)));
    }

    private static void survives(String text) {
        try {
            PairingCode code = PairingCode.parse(text);
            assertThat(PairingCode.parse(code.text())).isEqualTo(code);
        } catch (RefusedException e) {
            assertThat(e.refusal().rule()).matches("(pairing\\.code|device-address)-?.*");
        }
    }
}
