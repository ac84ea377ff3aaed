package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.SampleTorrent;

/** A peer that dials us says where it listens: once, or it could fill the table of addresses that are in use. */
class LearnedPortTest {
    @TempDir
    Path folder;
    private OneSwarm one;

    @BeforeEach
    void open() throws Exception {
        one = new OneSwarm(SampleTorrent.single("a", 16 << 10, 100_000), folder);
    }

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void onlyTheFirstPortCounts() throws Exception {
        try (RawPeer peer = one.dial("theirs")) {
            for (long told = 7001; told <= 7009; told++) {
                peer.send(OneSwarm.extended(0, Map.of("p", told)));
            }
            peer.send(RawPeer.frame(2)); // interested: answered when all before it was read
            peer.readFrame(1);

            assertThat(one.onLoop(one.swarm::knownPeers)).isEqualTo(1);
            assertThat(one.onLoop(() -> one.swarm.peerSnapshots().get(0).address())).isEqualTo("127.0.0.1:7001");
        }
        await().until(() -> one.onLoop(one.swarm::connectedPeers) == 0);
    }
}
