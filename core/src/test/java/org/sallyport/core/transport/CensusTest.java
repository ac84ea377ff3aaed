package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CensusTest {
    private final Census census = new Census();

    @BeforeEach
    void twoHostsOfOneNetworkAreHalfOpen() throws Exception {
        census.halfOpened(host("192.0.2.1"));
        census.halfOpened(host("192.0.2.1"));
        census.halfOpened(host("192.0.2.255"));
        census.halfOpened(host("2001:db8:0:1::1"));
    }

    @ParameterizedTest
    @CsvSource({
            "192.0.2.1, 2, 3", "192.0.2.255, 1, 3", "192.0.2.7, 0, 3", "192.0.3.1, 0, 0", "::ffff:192.0.2.1, 2, 3",
            "2001:db8:0:1::1, 1, 1", "2001:db8:0:1:ffff::9, 0, 1", "2001:db8:0:2::1, 0, 0"})
    void hostsAreCountedAloneAndWithTheirNetwork(String literal, int ofHost, int ofNetwork) throws Exception {
        assertThat(census.halfOpenFrom(host(literal))).isEqualTo(ofHost);
        assertThat(census.halfOpenFromNetworkOf(host(literal))).isEqualTo(ofNetwork);
        assertThat(census.halfOpen()).isEqualTo(4);
    }

    @Test
    void whatWasCountedIsTakenBack() throws Exception {
        census.settled(host("192.0.2.1"));

        assertThat(census.halfOpenFrom(host("192.0.2.1"))).isEqualTo(1);
        assertThat(census.halfOpenFromNetworkOf(host("192.0.2.1"))).isEqualTo(2);
        assertThat(census.halfOpen()).isEqualTo(3);
    }

    @Test
    void connectionsAreCountedApartFromHalfOpenOnes() {
        census.connected();
        census.connected();
        census.disconnected();

        assertThat(census.connections()).isEqualTo(1);
        assertThat(census.halfOpen()).isEqualTo(4);
    }

    private static InetAddress host(String literal) throws Exception {
        return InetAddress.getByName(literal);
    }
}
