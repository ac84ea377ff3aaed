package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.PeerAddress;

class PeerAddressConverterTest {
    private final PeerAddressConverter converter = new PeerAddressConverter();

    @ParameterizedTest
    @CsvSource({"127.0.0.1:4000, 127.0.0.1:4000", "[::1]:4000, [0:0:0:0:0:0:0:1]:4000"})
    void addressesAreTakenAsTheyAre(String text, String address) {
        assertThat(converter.convert(text)).hasToString(address);
    }

    @Test
    void aNameIsLookedUp() {
        PeerAddress found = converter.convert("localhost:4000");

        assertThat(found.host().isLoopbackAddress()).isTrue();
        assertThat(found.port()).isEqualTo(4000);
    }
}
