package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerPriorityTest {
    /** The examples of BEP 40, and two of other clients. */
    @ParameterizedTest
    @CsvSource({
            "123.213.32.10, 98.76.54.32, ec2d7224",
            "123.213.32.10, 123.213.32.234, 99568189",
            "206.248.98.111, 142.147.89.224, 2b41d456",
            "2015:7693:6cd9:a56a:e47f:7101:483e:800a, b1fa:9ff2:fbdc:23b9:3618:332c:216c:5b4a, fbd26e29"})
    void isTheSameForBothEnds(String one, String other, String priority) throws Exception {
        InetAddress a = InetAddress.getByName(one);
        InetAddress b = InetAddress.getByName(other);

        assertThat(PeerPriority.of(a, b)).isEqualTo(Long.parseLong(priority, 16));
        assertThat(PeerPriority.of(b, a)).isEqualTo(Long.parseLong(priority, 16));
    }

    @ParameterizedTest
    @CsvSource({
            "230.12.123.3, 230.12.123.1, e60c7b01e60c7b03",
            "230.12.23.1, 230.12.123.3, e60c1701e60c7b01",
            "230.120.23.1, 230.12.123.3, e60c5101e6781501"})
    void theNearerTheMoreOfTheAddressCounts(String one, String other, String hashed) throws Exception {
        CRC32C crc = new CRC32C();
        crc.update(HexFormat.of().parseHex(hashed));

        assertThat(PeerPriority.of(InetAddress.getByName(one), InetAddress.getByName(other))).isEqualTo(crc.getValue());
    }

    @Test
    void onOneHostThePortsCountAndFamiliesDoNotMix() throws Exception {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putShort((short) 300).putShort((short) 60_000).array());

        assertThat(PeerPriority.of(new InetSocketAddress("230.12.123.3", 60_000), new InetSocketAddress("230.12.123.3", 300)))
                .isEqualTo(crc.getValue());
        assertThat(PeerPriority.of(InetAddress.getByName("2001:db8::1"), InetAddress.getByName("1.2.3.4"))).isZero();
    }
}
