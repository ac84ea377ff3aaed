package org.sallyport.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:6000, 10.0.0.1:6000", "255.255.255.255:1, 255.255.255.255:1", "[::1]:65535, [0:0:0:0:0:0:0:1]:65535",
        "[2001:db8::7]:80, [2001:db8:0:0:0:0:0:7]:80"})
    void literalAddressesAreRead(String text, String shown) {
        assertThat(PeerAddress.parse(text)).hasToString(shown);
    }

    /** A name, or numbers that are no address, would be looked up: a stranger must not make us ask a name server. */
    @ParameterizedTest
    @ValueSource(strings = {
        "example.org:80", "localhost:80", "999.1.1.1:1", "256.0.0.1:1", "1.2.3:4", "1.2.3.4.5:6", "[zz:1]:1", "[1]:1", "::1:80", "[:::::]:1",
        "10.0.0.1", "10.0.0.1:", "10.0.0.1:0", "10.0.0.1:65536", "10.0.0.1:x", ":80", ""})
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> PeerAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A pattern would try each of its colons. */
    @Test
    @Timeout(5)
    void whatIsFarTooLongIsRefusedUnread() {
        assertThatIllegalArgumentException().isThrownBy(() -> PeerAddress.parse("[" + "a:".repeat(50_000) + "1"));
    }
}
