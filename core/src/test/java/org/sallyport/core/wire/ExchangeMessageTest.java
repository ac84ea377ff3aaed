package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.wire.ExchangeMessage.Told;

class ExchangeMessageTest {
    private static final String V6 = "\40\1\15\270" + "\0".repeat(11) + "\1";

    @Test
    void bothFamiliesAreWrittenAndReadAgain() throws WireViolation {
        ExchangeMessage message = new ExchangeMessage(
                List.of(new Told(address("1.2.3.4:6881"), Told.SEED | Told.REACHABLE), new Told(address("[2001:db8::1]:2"), Told.PREFERS_ENCRYPTION)),
                List.of(address("5.6.7.8:65535"), address("[2001:db8::2]:1024")));

        assertThat(text(message.encode())).startsWith("d5:added6:\1\2\3\4\u001a\u00e17:added.f1:\u00126:added618:" + V6 + "\0\0028:added6.f1:\1");
        assertThat(ExchangeMessage.decode(message.encode())).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "d5:added0:e", "d5:addedi7ee", "d5:addedlee", "d5:added6:\1\2\3\4\0\0e", "d7:dropped6:\1\2\3\4\0\0e", "d3:fooi1ee"})
    void nothingUsableIsNobody(String payload) throws WireViolation {
        assertThat(decode(payload)).isEqualTo(new ExchangeMessage(List.of(), List.of()));
    }

    @Test
    void flagsThatAreMissingAreNone() throws WireViolation {
        assertThat(decode("d5:added12:\1\2\3\4\0\1\5\6\7\u0008\0\0027:added.f1:\2e").added())
                .containsExactly(new Told(address("1.2.3.4:1"), 2), new Told(address("5.6.7.8:2"), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "i1e", "d", "d5:added5:\1\2\3\4\1e", "d6:added66:\1\2\3\4\0\1e", "d7:dropped7:\1\2\3\4\0\1\1e",
            "d5:added0:ex", "d5:added2147483647:"})
    void brokenIsAViolation(String payload) {
        assertThatExceptionOfType(WireViolation.class).isThrownBy(() -> decode(payload))
                .satisfies(e -> assertThat(e.rule()).isEqualTo("wire.exchange-broken"));
    }

    @ParameterizedTest
    @CsvSource({"400, 0, true", "401, 0, false", "200, 201, false", "10000, 0, false"})
    void farTooManyAreAViolation(int added, int dropped, boolean fine) throws WireViolation {
        String entry = "\1\2\3\4\5\6";
        String payload = "d5:added" + 6 * added + ":" + entry.repeat(added) + "7:dropped" + 6 * dropped + ":" + entry.repeat(dropped) + "e";
        if (fine) {
            assertThat(decode(payload).added()).hasSize(added);
        } else {
            assertThatExceptionOfType(WireViolation.class).isThrownBy(() -> decode(payload))
                    .satisfies(e -> assertThat(e.rule()).isEqualTo("wire.exchange-flood"));
        }
    }

    @Property(tries = 3000)
    void anyBytesAreReadOrRefused(@ForAll("payloads") byte[] payload) {
        try {
            ExchangeMessage message = ExchangeMessage.decode(payload);
            assertThat(message.added().size() + message.dropped().size()).isLessThanOrEqualTo(ExchangeMessage.MOST);
        } catch (WireViolation e) {
            assertThat(e.rule()).startsWith("wire.exchange-");
        }
    }

    @Provide
    Arbitrary<byte[]> payloads() {
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<String> key = Arbitraries.of("added", "added.f", "added6", "added6.f", "dropped", "dropped6", "x");
        Arbitrary<String> value = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(60).map(s -> s.length() + ":" + s);
        Arbitrary<byte[]> dict = Combinators.combine(key, value).as((k, v) -> k.length() + ":" + k + v).list().ofMaxSize(6)
                .map(pairs -> ("d" + String.join("", pairs.stream().sorted().toList()) + "e").getBytes(StandardCharsets.ISO_8859_1));
        return Arbitraries.oneOf(noise, dict);
    }

    private static ExchangeMessage decode(String payload) throws WireViolation {
        return ExchangeMessage.decode(payload.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static PeerAddress address(String text) {
        return PeerAddress.parse(text);
    }
}
