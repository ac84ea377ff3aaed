package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {
    /** RFC 4648 §10, in lower case and without padding. */
    @ParameterizedTest
    @CsvSource({"'', ''", "f, my", "fo, mzxq", "foo, mzxw6", "foob, mzxw6yq", "fooba, mzxw6ytb", "foobar, mzxw6ytboi"})
    void textIsThatOfTheStandard(String content, String text) {
        assertThat(Base32.encode(content.getBytes(StandardCharsets.US_ASCII))).isEqualTo(text);
        assertThat(Base32.decode(text)).hasValue(content.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"m", "mzx", "mzxw6y", "mz", "MY", "my======", "m1", "m0", "m8", "m9", "m y", "m\u00fc", "m\ud83d\ude80", "mzxr"})
    void otherTextIsRefused(String text) {
        assertThat(Base32.decode(text)).isEmpty();
    }

    @Property
    void everythingComesBack(@ForAll @Size(max = 100) byte[] content) {
        assertThat(Base32.decode(Base32.encode(content))).hasValue(content);
    }

    @Property
    void whatIsReadHasOneTextOnly(@ForAll @Size(max = 60) String text) {
        Base32.decode(text).ifPresent(content -> assertThat(Base32.encode(content)).isEqualTo(text));
    }
}
