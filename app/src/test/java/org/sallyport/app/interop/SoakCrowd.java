package org.sallyport.app.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** The peers of a soak: one process on one host that answers for a whole network of addresses. */
final class SoakCrowd {

    /** No interface has them; the host of the crowd answers for all. */
    private static final String NETWORK = "10.99.64.0/18";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Program program;

    private SoakCrowd(Program program) {
        this.program = program;
    }

    /** @param host whose process it is @param neighbours who can be reached by them @param target the program that is soaked */
    static SoakCrowd start(Scene scene, Host host, List<Host> neighbours, Host target, int peers, SoakTorrents torrents) {
        host.run("ip", "route", "replace", "local", NETWORK, "dev", "lo");
        neighbours.forEach(other -> other.run("ip", "route", "replace", NETWORK, "via", host.address()));
        Program program = scene.script(host, "crowd", "soak_crowd.py", target.address(), RealClient.PORT, peers, torrents.folder(), "10.99.0.1", 1);
        Waiting.until("the crowd is there", SOON, () -> program.lines().contains("READY"));
        return new SoakCrowd(program);
    }

    /** Who always has the torrent of that number, {@code HOST:PORT}. */
    static String seed(int torrent) {
        return "10.99." + (64 + torrent % 32) + "." + (200 + torrent / 32) + ":6881";
    }

    /** All leave, and nobody comes. */
    void rest() {
        program.send("rest");
    }

    /** What it did and met with so far. */
    JsonNode report() {
        int before = program.lines().size();
        program.send("report");
        Waiting.until("the crowd reports", SOON, () -> {
            if (!program.isRunning()) {
                throw new AssertionError(program.tail());
            }
            return program.lines().size() > before;
        });
        return SallyportRun.parse(List.of(program.lines().get(before))).get(0);
    }
}
