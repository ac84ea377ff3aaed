package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.PeerAddress;

class PeerStoreTest {
    private static final NodeId HASH = new NodeId(1, 2, 3);

    private final PeerStore store = new PeerStore();
    private final Random random = new Random(1);

    @Test
    void aTorrentHasAHundredPeersAtMost() {
        for (int i = 0; i < 200; i++) {
            store.add(HASH, PeerAddress.parse("20.0." + i + ".1:5000"), 0);
        }

        assertThat(store.size()).isEqualTo(PeerStore.MAX_PEERS_OF_HASH);
    }

    @Test
    void oneAddressHasEightPlacesInATorrentAndAHundredInAll() {
        for (int i = 0; i < 20; i++) {
            store.add(HASH, PeerAddress.parse("20.0.0.1:" + (5000 + i)), 0);
        }
        assertThat(store.size()).isEqualTo(PeerStore.MAX_OF_HOST_AND_HASH);

        for (int i = 0; i < 500; i++) {
            store.add(new NodeId(9, 9, i), PeerAddress.parse("20.0.0.1:5000"), 0);
        }
        assertThat(store.size()).isEqualTo(PeerStore.MAX_OF_NETWORK);
    }

    @Test
    void theTorrentAnnouncedLongestAgoMakesRoom() {
        for (int i = 0; i <= PeerStore.MAX_HASHES; i++) {
            store.add(new NodeId(0, 0, i), PeerAddress.parse("20.0." + i % 200 + "." + (1 + i / 200) + ":5000"), i);
        }

        assertThat(store.hashes()).isEqualTo(PeerStore.MAX_HASHES);
        assertThat(some(new NodeId(0, 0, 0))).isZero();
        assertThat(some(new NodeId(0, 0, 1))).isEqualTo(1);
    }

    @Test
    void whoAnnouncesAgainStays() {
        store.add(HASH, PeerAddress.parse("20.0.0.1:5000"), 0);
        store.add(HASH, PeerAddress.parse("20.0.0.2:5000"), 0);
        store.add(HASH, PeerAddress.parse("20.0.0.1:5000"), PeerStore.LIFE_MILLIS);

        store.expire(PeerStore.LIFE_MILLIS + 1);

        assertThat(store.size()).isEqualTo(1);
        assertThat(some(HASH)).isEqualTo(1);
    }

    /** Whoever asks from outside hears of nobody at home. */
    @Test
    void peersAtHomeAreToldAtHome() {
        store.add(HASH, PeerAddress.parse("192.168.0.5:5000"), 0);

        assertThat(store.some(HASH, false, PeerAddress.parse("80.0.0.1:1").host(), 50, random)).isEmpty();
        assertThat(store.some(HASH, false, PeerAddress.parse("192.168.0.9:1").host(), 50, random)).hasSize(1);
    }

    private int some(NodeId hash) {
        return store.some(hash, false, PeerAddress.parse("80.0.0.1:1").host(), 50, random).size();
    }
}
