package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One or two rounds of the {@link DaemonSoak} with few torrents and peers: that everything in it works, and that nothing stays open. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, LIBTORRENT, OPENTRACKER})
@Timeout(600)
class ShortSoakIT {

    @Test
    void everythingWorksAmongPeersThatComeAndGo(Scene scene) throws IOException {
        SoakReport report = new Soak(scene, new Soak.Plan(Duration.ofSeconds(30), Duration.ZERO, 8, 40)).run();

        System.out.println(report.table());
        assertThat(report.failures(false)).isEmpty();
        assertThat(report.crowd().get("sentBlocks").asLong()).as("blocks it took").isPositive();
        assertThat(report.crowd().get("receivedBlocks").asLong()).as("blocks it gave").isPositive();
        assertThat(report.crowd().get("rude").asLong()).isPositive();
    }
}
