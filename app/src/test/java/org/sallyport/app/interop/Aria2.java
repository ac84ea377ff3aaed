package org.sallyport.app.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** aria2c: seeding it checks the data first, downloading it ends with exit code 0 when everything is there. */
final class Aria2 implements RealClient {

    private static final List<String> COMMON = List.of("aria2c", "--no-conf", "--listen-port=" + PORT, "--bt-enable-lpd=false",
            "--disable-ipv6=true", "--file-allocation=none", "--summary-interval=0", "--show-console-readout=false", "--allow-overwrite=true",
            "--log-level=notice", "--log=-");

    private final Scene scene;
    private final Host host;
    private final String name;
    private List<String> table = List.of("--enable-dht=false");
    private Obfuscation obfuscation = Obfuscation.USUAL;
    private @Nullable Program program;

    Aria2(Scene scene, Host host) {
        this(scene, host, "aria2");
    }

    Aria2(Scene scene, Host host, String name) {
        this.scene = scene;
        this.host = host;
        this.name = name;
    }

    /** Takes part in the DHT, beginning with these hosts, each on {@link #PORT}. */
    Aria2 dht(Host... nodes) {
        table = new ArrayList<>(List.of("--enable-dht=true", "--dht-listen-port=" + PORT, "--bt-external-ip=" + host.address(),
                "--dht-file-path=" + scene.folder(name + "-table").resolve("dht.dat")));
        Arrays.stream(nodes).forEach(node -> table.add("--dht-entry-point=" + node.address() + ":" + PORT));
        return this;
    }

    @Override
    public RealClient obfuscating(Obfuscation only) {
        obfuscation = only;
        return this;
    }

    @Override
    public void seed(Path torrent, Path folder) {
        start(torrent.toString(), folder, "--check-integrity=true", "--seed-ratio=0.0");
    }

    @Override
    public void download(Path torrent, Path folder) {
        start(torrent.toString(), folder, "--seed-time=0");
    }

    @Override
    public void fetch(String magnet, Path folder) {
        start(magnet, folder, "--seed-time=0");
    }

    @Override
    public boolean isComplete() {
        return program != null && !program.isRunning() && program.exitCode(Duration.ZERO) == 0;
    }

    private void start(String torrent, Path folder, String... options) {
        List<String> command = new ArrayList<>(COMMON);
        command.addAll(table);
        command.addAll(Arrays.asList(options));
        if (obfuscation != Obfuscation.USUAL) {
            command.addAll(List.of("--bt-require-crypto=true", "--bt-min-crypto-level=" + (obfuscation == Obfuscation.RC4 ? "arc4" : "plain")));
        }
        command.addAll(List.of("--dir=" + folder, torrent));
        program = scene.start(host, name, command);
    }
}
