package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.model.Bytes;

class PeerNamesTest {

    static Arguments[] names() {
        return new Arguments[] {
                Arguments.of("qBittorrent/4.5.2", "qBittorrent/4.5.2"),
                Arguments.of("µTorrent 3.5 \u2013 \u65e5\u672c\u8a9e", "µTorrent 3.5 \u2013 \u65e5\u672c\u8a9e"),
                Arguments.of("  spaces  around  ", "spaces around"),
                Arguments.of("wide\u3000\u00a0\u2003space", "wide space"),
                Arguments.of("tab\tnew\nline\r\u0000\u001b[31m", "tab?new?line???[31m"),
                Arguments.of("\u202egpj.exe\u202c \u2066x\u2069 \u200f\u061c", "?gpj.exe? ?x? ??"),
                Arguments.of("zero\u200bwidth\ufeff\u00ad", "zero?width??"),
                Arguments.of("line\u2028para\u2029graph", "line?para?graph"),
                Arguments.of("private\ue000 unassigned\u0378", "private? unassigned?"),
                Arguments.of("half \ud800 pair \udc00", "half ? pair ?"),
                Arguments.of("q\u0301\u0302\u0303\u0304\u20dd", "q?????"),
                Arguments.of("caf\u0065\u0301", "caf\u00e9"),
                Arguments.of("\ud83d\ude00", "\ud83d\ude00"),
                Arguments.of("", ""),
                Arguments.of("x".repeat(64) + "y", "x".repeat(64)),
                Arguments.of("\ud83d\ude00".repeat(65), "\ud83d\ude00".repeat(64)),
        };
    }

    @ParameterizedTest
    @MethodSource("names")
    void nameIsMadeSafeToShow(String raw, String shown) {
        assertThat(PeerNames.printable(raw)).isEqualTo(shown);
    }

    @Property(tries = 3000)
    void anyNameBecomesOneShortVisibleLine(@ForAll String raw) {
        String shown = PeerNames.printable(raw);

        assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(64);
        assertThat(shown).doesNotContainPattern("[\\p{C}\\p{M}\\p{Zl}\\p{Zp}]|  ").isEqualTo(shown.strip());
        assertThat(PeerNames.printable(shown)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -TR4040-abcdefghijkl | Transmission 4.0.4
            -qB4650-abcdefghijkl | qBittorrent 4.6.5
            -lt0DA0-abcdefghijkl | rTorrent 0.13.10
            -SY0100-abcdefghijkl | Sallyport 0.1.0
            -TX3200-abcdefghijkl | Tixati 3.2.0
            -KT5230-abcdefghijkl | KTorrent 5.2.3
            -BI3700-abcdefghijkl | BiglyBT 3.7.0
            -Zz1230-abcdefghijkl | Zz 1.2.3
            -TR$$$0-abcdefghijkl | Transmission ?.?.?
            M7-2-1--abcdefghijkl | unknown
            abcdefghijklmnopqrst | unknown
            -TR40400abcdefghijkl | unknown
            """)
    void peerIdOfTheUsualFormNamesItsClient(String peerId, String name) {
        assertThat(PeerNames.fromPeerId(Bytes.copyOf(peerId.getBytes(StandardCharsets.ISO_8859_1)))).isEqualTo(name);
    }

    @Property(tries = 1000)
    void anyPeerIdBecomesAVisibleName(@ForAll byte[] some, @ForAll boolean usualForm) {
        byte[] id = Arrays.copyOf(some, 20);
        if (usualForm) {
            id[0] = '-';
            id[7] = '-';
        }

        assertThat(PeerNames.fromPeerId(Bytes.copyOf(id))).isNotBlank().doesNotContainPattern("[\\p{C}\\p{M}\\p{Zl}\\p{Zp}]");
    }
}
