package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.trust.Devices.rule;

import java.security.MessageDigest;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;

class DeviceIdTest {
    private static final DeviceId ID = Devices.id(1);

    @Test
    void textHasEightGroupsOfSeven() {
        assertThat(ID.text()).matches("([A-Z2-7]{7}-){7}[A-Z2-7]{7}");
        assertThat(ID).hasToString(ID.text());
        assertThat(ID.text()).startsWith(ID.shortText());
    }

    @Test
    void idIsTheHashOfThePublicKey() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(new byte[91]);

        assertThat(DeviceId.of(Bytes.copyOf(new byte[91])).keyHash().toArray()).isEqualTo(hash);
        assertThat(DeviceId.of(Bytes.copyOf(new byte[91])).isOf(new byte[91])).isTrue();
        assertThat(ID.isOf(new byte[91])).isFalse();
    }

    @Property
    void everyIdIsReadBackHoweverItIsTyped(@ForAll @Size(32) byte[] hash) throws Exception {
        DeviceId id = new DeviceId(Bytes.copyOf(hash));
        String text = id.text();

        assertThat(DeviceId.parse(text)).isEqualTo(id);
        assertThat(DeviceId.parse(" " + text.toLowerCase(Locale.ROOT).replace('-', ' ') + "\n")).isEqualTo(id);
        assertThat(DeviceId.parse(text.replace("-", "").replaceAll("(....)", "$1\u2013"))).isEqualTo(id);
        assertThat(DeviceId.parse(text.replace('O', '0').replace('B', '8'))).isEqualTo(id);
    }

    @Property
    void aOneIsReadAsTheLetterThatTheCheckCharacterConfirms(@ForAll @Size(32) byte[] hash) throws Exception {
        String text = new DeviceId(Bytes.copyOf(hash)).text();
        int at = Math.max(text.indexOf('I'), text.indexOf('L'));
        if (at >= 0) {
            assertThat(DeviceId.parse(text.substring(0, at) + '1' + text.substring(at + 1)).text()).isEqualTo(text);
        }
    }

    @Property
    void oneWrongCharacterIsAlwaysNoticed(@ForAll @Size(32) byte[] hash, @ForAll @IntRange(max = 62) int at, @ForAll @IntRange(max = 31) int value) {
        String text = new DeviceId(Bytes.copyOf(hash)).text();
        char wrong = Character.toUpperCase(Base32.ALPHABET.charAt(value));
        if (text.charAt(at) != '-' && text.charAt(at) != wrong) {
            assertThat(rule(() -> DeviceId.parse(text.substring(0, at) + wrong + text.substring(at + 1)))).isEqualTo("device-id.check");
        }
    }

    @Property
    void anyTextIsReadOrRefusedWithASentence(@ForAll String text) {
        try {
            DeviceId.parse(text);
        } catch (RefusedException e) {
            assertThat(e.refusal().rule()).startsWith("device-id.");
        }
    }

    @Test
    void theSentenceNamesTheGroupsToCompare() {
        String text = ID.text();
        String wrong = text.substring(0, 17) + (text.charAt(17) == 'A' ? 'B' : 'A') + text.substring(18);

        assertThatThrownBy(() -> DeviceId.parse(wrong)).isInstanceOf(RefusedException.class).hasMessageContaining("group 3 or 4");
    }

    @Test
    void twoPartsInTheWrongOrderAreAnotherIdAndNotRefused() throws Exception {
        String text = ID.text();

        assertThat(DeviceId.parse(text.substring(16, 32) + text.substring(0, 16) + text.substring(32))).isNotEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAAAAA", "hello world", "192.0.2.1"})
    void aTextOfAnotherKindIsRefused(String text) {
        assertThat(rule(() -> DeviceId.parse(text))).isIn("device-id.length", "device-id.character");
    }

    @Test
    void missingAndSurplusCharactersAreRefused() {
        assertThat(rule(() -> DeviceId.parse(ID.text().substring(1)))).isEqualTo("device-id.length");
        assertThat(rule(() -> DeviceId.parse(ID.text() + "A"))).isEqualTo("device-id.length");
        assertThat(rule(() -> DeviceId.parse(ID.text() + " ".repeat(1_000_000)))).isEqualTo("device-id.length");
        assertThat(rule(() -> DeviceId.parse(ID.text().replace('-', '_')))).isEqualTo("device-id.character");
        assertThat(rule(() -> DeviceId.parse("1".repeat(56)))).isEqualTo("device-id.check");
    }
}
