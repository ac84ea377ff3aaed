package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressScopeTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, LOOPBACK", "127.255.0.9, LOOPBACK", "0.0.0.0, LOOPBACK", "0.1.2.3, LOOPBACK", "::1, LOOPBACK", "::, LOOPBACK",
        "::ffff:127.0.0.1, LOOPBACK",
        "169.254.169.254, LINK_LOCAL", "fe80::1, LINK_LOCAL", "224.0.0.1, LINK_LOCAL", "ff02::1, LINK_LOCAL",
        "10.0.0.1, PRIVATE", "172.16.0.1, PRIVATE", "172.31.255.255, PRIVATE", "192.168.1.1, PRIVATE", "100.64.0.1, PRIVATE",
        "100.127.255.255, PRIVATE", "fd00::1, PRIVATE", "fc00::1, PRIVATE", "fec0::1, PRIVATE", "::ffff:192.168.1.1, PRIVATE",
        "8.8.8.8, GLOBAL", "172.32.0.1, GLOBAL", "100.128.0.1, GLOBAL", "100.63.0.1, GLOBAL", "2001:db8::1, GLOBAL",
    })
    void scopeOfAnAddress(String address, AddressScope scope) throws UnknownHostException {
        assertThat(AddressScope.of(InetAddress.getByName(address))).isEqualTo(scope);
    }
}
