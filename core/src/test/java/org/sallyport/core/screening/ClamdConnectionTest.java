package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ClamdConnectionTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int TRIES = 50;

    /** It is looked for again and again while it is not there. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no file for a socket there")
    void whereNobodyListensNothingStaysOpen(@TempDir Path folder) {
        ClamdAddress nobody = ClamdAddress.of(folder.resolve("clamd.ctl"));
        tryInVain(nobody); // what the first use opens for good
        long before = openDescriptors();

        for (int i = 0; i < TRIES; i++) {
            tryInVain(nobody);
        }

        assertThat(openDescriptors() - before).isLessThan(TRIES);
    }

    /** As many seconds for the whole answer as for nothing to move: then it is the hang that is told, not a large file. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no file for a socket there")
    void whoTakesACallAndSaysNothingHangs(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("clamd.ctl");
        Duration little = Duration.ofMillis(300);
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(socket));
            try (ClamdConnection connection = ClamdConnection.open(ClamdAddress.of(socket), SOON, little, little, () -> { })) {
                assertThatThrownBy(connection::reply).isInstanceOf(ClamdException.class).hasMessageContaining("it hangs");
            }
        }
    }

    private static void tryInVain(ClamdAddress address) {
        assertThatThrownBy(() -> ClamdConnection.open(address, SOON, SOON, SOON, () -> { })).isInstanceOf(ClamdException.class);
    }

    private static long openDescriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
