package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.PeerAddress;

class NodeIdTest {
    private final Random random = new Random(3);

    /** The examples of BEP 42. */
    @ParameterizedTest
    @CsvSource({
        "124.31.75.21, 5fbfbff10c5d6a4ec8a88e4c6ab4c28b95eee401", "21.75.31.124, 5a3ce9c14e7a08645677bbd1cfe7d8f956d53256",
        "65.23.51.170, a5d43220bc8f112a3d426c84764f8c2a1150e616", "84.124.73.14, 1b0321dd1bb1fe518101ceef99462b947a01ff41",
        "43.213.53.83, e56f6cbf5b7c4be0237986d5243b87aa6d51305a"})
    void anIdFollowsFromTheAddress(String host, String id) {
        assertThat(NodeIdRule.fits(id(id), PeerAddress.parse(host + ":1").host())).isTrue();
        assertThat(NodeIdRule.fits(id(id), PeerAddress.parse("8.8.8.8:1").host())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"80.1.2.3", "[2a01:4f8::1]", "[2600:1f18::abcd]", "10.0.0.1", "127.0.0.1"})
    void whatIsMadeForAnAddressFitsIt(String host) {
        for (int i = 0; i < 100; i++) {
            assertThat(NodeIdRule.fits(NodeIdRule.make(PeerAddress.parse(host + ":1").host(), random), PeerAddress.parse(host + ":1")
                    .host())).isTrue();
        }
    }

    @Test
    void theRoundTripKeepsEveryByte() {
        byte[] raw = new byte[20];
        random.nextBytes(raw);

        assertThat(NodeId.of(raw).bytes()).isEqualTo(raw);
        assertThat(NodeId.of(raw)).hasToString(HexFormat.of().formatHex(raw));
    }

    @Test
    void aNeighbourSharesAsManyBitsAsWasSaid() {
        NodeId self = NodeId.random(random);

        for (int bits = 0; bits < NodeId.BITS; bits++) {
            assertThat(self.commonBits(self.at(bits, random))).isEqualTo(bits);
        }
        assertThat(self.commonBits(self)).isEqualTo(160);
    }

    @Test
    void theCloserOneIsTheOneWithTheSmallerDistance() {
        NodeId target = NodeId.random(random);

        for (int i = 0; i < 500; i++) {
            NodeId one = NodeId.random(random);
            NodeId other = NodeId.random(random);
            assertThat(Integer.signum(NodeId.closestTo(target).compare(one, other)))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(distance(one, target), distance(other, target))));
        }
    }

    private static byte[] distance(NodeId one, NodeId other) {
        byte[] difference = one.bytes();
        byte[] with = other.bytes();
        for (int i = 0; i < difference.length; i++) {
            difference[i] ^= with[i];
        }
        return difference;
    }

    private static NodeId id(String hex) {
        return NodeId.of(HexFormat.of().parseHex(hex));
    }
}
