package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code mvn -Psoak verify}: no part of the usual build. Prints a table and leaves {@code target/soak.json}. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, LIBTORRENT, OPENTRACKER})
class DaemonSoak {

    private static final Duration LENGTH = Duration.ofMinutes(Long.getLong("sallyport.soak.minutes", 45));

    @Test
    void neitherMemoryNorFileDescriptorsGrowAndNothingIsThrown(Scene scene) throws IOException {
        SoakReport report = new Soak(scene, new Soak.Plan(LENGTH, LENGTH.dividedBy(4), 50, 200)).run();

        System.out.println(report.table());
        report.write(Path.of("target", "soak.json"));
        assertThat(report.failures(true)).isEmpty();
    }
}
