package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.InfoHash;

class AllowedFastTest {
    private static final InfoHash HASH = new InfoHash("aa".repeat(20));

    /** The examples of BEP 6. */
    @Test
    void theSetFollowsFromNetworkAndTorrent() throws Exception {
        InetAddress host = InetAddress.getByName("80.4.4.200");

        assertThat(AllowedFast.of(host, HASH, 1313, 7)).containsExactly(1059, 431, 808, 1217, 287, 376, 1188);
        assertThat(AllowedFast.of(host, HASH, 1313, 9)).containsExactly(1059, 431, 808, 1217, 287, 376, 1188, 353, 508);
        assertThat(AllowedFast.of(InetAddress.getByName("80.4.4.1"), HASH, 1313, 7)).isEqualTo(AllowedFast.of(host, HASH, 1313, 7));
        assertThat(AllowedFast.of(InetAddress.getByName("80.4.5.200"), HASH, 1313, 7)).isNotEqualTo(AllowedFast.of(host, HASH, 1313, 7));
    }

    @Test
    void ofFewPiecesItIsAllAndForIpv6None() throws Exception {
        assertThat(AllowedFast.of(InetAddress.getByName("80.4.4.200"), HASH, 3, 10)).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(AllowedFast.of(InetAddress.getByName("2001:db8::1"), HASH, 1313, 10)).isEmpty();
    }
}
