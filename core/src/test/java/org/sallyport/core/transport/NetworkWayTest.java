package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.testkit.Addresses;

class NetworkWayTest {
    private static NetworkWay way(String name, int index, String addresses, boolean byDevice) {
        Set<InetAddress> all = Arrays.stream(addresses.split(" ")).filter(each -> !each.isEmpty()).map(Addresses::of).collect(Collectors.toSet());
        return new NetworkWay(name, index, all, byDevice);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, '', 203.0.113.5, ''", "'', 0, '', 2001:db8::5, ''",
        "tun0, 0, '', 203.0.113.5, network.waiting", "tun0, 7, '', 203.0.113.5, network.waiting", "tun0, 0, 10.8.0.2, 203.0.113.5, network.waiting",
        "tun0, 7, 10.8.0.2, 203.0.113.5, ''", "tun0, 7, 10.8.0.2, 2001:db8::5, network.family",
        "tun0, 7, 2001:db8::2, 203.0.113.5, network.family", "tun0, 7, 2001:db8::2, 2001:db8::5, ''",
        "tun0, 7, 10.8.0.2 2001:db8::2, 203.0.113.5, ''", "tun0, 7, 10.8.0.2 2001:db8::2, 2001:db8::5, ''"})
    void whatTheInterfaceCannotReachIsRefused(String name, int index, String addresses, String to, String rule) {
        for (boolean byDevice : new boolean[] {true, false}) {
            Optional<Refusal> refusal = way(name, index, addresses, byDevice).refusal(Addresses.of(to));

            assertThat(refusal.map(Refusal::rule).orElse("")).isEqualTo(rule);
        }
    }

    @Test
    void theSentenceSaysWhatItWaitsFor() {
        assertThat(NetworkWay.none("tun0", true).waitingSentence()).isEqualTo("Waiting for tun0. Nothing is sent or received until it is back.");
        assertThat(NetworkWay.ANY.isWaiting()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', true, 0.0.0.0, 0.0.0.0", "tun0, 10.8.0.2, true, 0.0.0.0, 0.0.0.0", "tun0, 10.8.0.2, true, 10.8.0.2, 10.8.0.2",
        "tun0, 10.8.0.2, false, 0.0.0.0, 10.8.0.2", "tun0, 10.8.0.2 2001:db8::2, false, 0.0.0.0, 10.8.0.2 2001:db8::2",
        "tun0, 10.8.0.2, false, 10.8.0.2, 10.8.0.2", "tun0, 10.8.0.2, false, 192.0.2.1, ''",
        "tun0, '', true, 0.0.0.0, ''", "tun0, '', false, 0.0.0.0, ''"})
    void itListensOnTheInterfaceOnly(String name, String addresses, boolean byDevice, String wanted, String expected) {
        assertThat(way(name, 7, addresses, byDevice).listenOn(Addresses.of(wanted)))
                .containsExactlyInAnyOrderElementsOf(way(name, 7, expected, byDevice).addresses());
    }

    @ParameterizedTest
    @CsvSource({
        "true, 203.0.113.5, ''", "true, 2001:db8::5, ''", "false, 203.0.113.5, 10.8.0.2", "false, 2001:db8::5, 2001:db8::2"})
    void callsHaveAnAddressOfTheInterfaceUnlessTheSystemKnowsTheInterface(boolean byDevice, String to, String from) {
        assertThat(way("tun0", 7, "10.8.0.2 2001:db8::2", byDevice).source(Addresses.of(to)).map(InetAddress::getHostAddress).orElse(""))
                .isEqualTo(from.isEmpty() ? "" : Addresses.of(from).getHostAddress());
        assertThat(NetworkWay.ANY.source(Addresses.of(to))).isEmpty();
    }

    /** What was opened with the local address under tun0, number 7, at 10.8.0.2 and 10.8.0.3. */
    @ParameterizedTest
    @CsvSource({
        "tun0, 7, 10.8.0.2 10.8.0.3, 10.8.0.2, true", "tun0, 7, 10.8.0.3, 10.8.0.2, false", "tun0, 7, 10.8.0.3, 10.8.0.3, true",
        "tun0, 7, 10.8.0.3, 0.0.0.0, true", "tun0, 7, 10.8.0.3, fe80::1, true", "tun0, 7, 10.8.0.3, 192.0.2.1, false",
        "tun0, 8, 10.8.0.2, 10.8.0.2, false", "tun0, 0, '', 10.8.0.2, false", "tun0, 0, '', 0.0.0.0, false", "tun0, 7, '', 10.8.0.2, false",
        "tun1, 7, 10.8.0.2, 10.8.0.2, false", "'', 0, '', 10.8.0.2, false", "tun0, 7, 10.8.0.3, 127.0.0.1, false"})
    void whatTheWayDoesNotAllowAnyMoreIsNotKept(String name, int index, String addresses, String local, boolean kept) {
        NetworkWay before = way("tun0", 7, "10.8.0.2 10.8.0.3", true);

        assertThat(way(name, index, addresses, true).keeps(before, Addresses.of(local))).isEqualTo(kept);
    }

    @Test
    void anyNetworkKeepsWhatWasOpenedOnAny() {
        assertThat(NetworkWay.ANY.keeps(NetworkWay.ANY, Addresses.of("192.0.2.1"))).isTrue();
        assertThat(way("tun0", 7, "192.0.2.1", true).keeps(NetworkWay.ANY, Addresses.of("192.0.2.1"))).isFalse();
    }

    @Test
    void allLoopbackAddressesAreOfTheLoopbackInterface() {
        NetworkWay lo = way("lo", 1, "127.0.0.1", true);

        assertThat(lo.keeps(lo, Addresses.of("127.0.0.9"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "tun0, 7, 10.8.0.2, true, false", "tun0, 7, 10.8.0.9, true, false", "tun0, 7, 10.8.0.9, false, true", "tun0, 8, 10.8.0.2, true, true",
        "tun0, 0, '', true, true", "tun0, 7, '', true, true", "tun1, 7, 10.8.0.2, true, true", "'', 0, '', false, true"})
    void theListenerIsMadeAnewWhenItMustBe(String name, int index, String addresses, boolean byDevice, boolean anew) {
        assertThat(way(name, index, addresses, byDevice).needsNewListener(way("tun0", 7, "10.8.0.2", byDevice))).isEqualTo(anew);
    }
}
