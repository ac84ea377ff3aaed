package org.sallyport.app.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A computer of the test network: a network and mount namespace with one address, kept alive by a process that ends when its standard
 * input closes, thus with this JVM at the latest.
 */
final class Host implements AutoCloseable {

    private final String address;
    private final Program holder;
    private final Path logs;

    private Host(String address, Program holder, Path logs) {
        this.address = address;
        this.holder = holder;
        this.logs = logs;
    }

    /** A namespace without any interface but loopback. Needs the right to make one: root, usually. */
    static Host open(String name, String address, Path logs) {
        Program holder = Program.start(name, logs, List.of("unshare", "-n", "-m", "cat"));
        Host host = new Host(address, holder, logs);
        holder.send("up");
        // cat answers only after unshare has made the namespaces and become cat
        Waiting.until(name + " is up", Duration.ofSeconds(10), () -> {
            if (!holder.isRunning()) {
                throw new AssertionError("no namespace: " + holder.errorLines());
            }
            return !holder.lines().isEmpty();
        });
        host.run("ip", "link", "set", "lo", "up");
        return host;
    }

    String address() {
        return address;
    }

    long pid() {
        return holder.pid();
    }

    /** Where the files of this host are seen from outside: mounts made in it included. */
    Path view(Path inside) {
        return Path.of("/proc/" + pid() + "/root" + inside);
    }

    /** The command that runs {@code command} in this host; the process keeps its pid, for nsenter becomes the program. */
    List<String> inside(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid()), "-n", "-m", "--"));
        whole.addAll(command);
        return whole;
    }

    Program start(String name, Path folder, List<String> command) {
        return Program.start(name, folder, inside(command));
    }

    /** Runs a short command to its end and returns what it printed; any exit code but 0 is a failure. */
    List<String> run(String... command) {
        try (Program program = start("run-" + Path.of(command[0]).getFileName(), logs, List.of(command))) {
            int exit = program.exitCode(Duration.ofSeconds(60));
            if (exit != 0) {
                throw new AssertionError(List.of(command) + " ended with " + exit + "\n" + program.tail());
            }
            return program.lines();
        }
    }

    @Override
    public void close() {
        holder.close();
    }
}
