package org.sallyport.core.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real, small disk of its own, to be filled up. Only root may mount: without that the test is skipped and says so. */
public final class TinyDisk implements AutoCloseable {
    private final Path folder;

    private TinyDisk(Path folder) {
        this.folder = folder;
    }

    /** @param options of a tmpfs, as {@code size=256k} */
    public static TinyDisk mount(Path parent, String options) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(parent.resolve("tiny"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()), "mounting a small disk needs root");
        return new TinyDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    /** Writes a file until nothing more fits; deleting it frees the space. */
    public Path fillUp() throws IOException {
        Path ballast = folder.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[4096];
            while (Files.getFileStore(folder).getUsableSpace() > 0) {
                out.write(block);
            }
        }
        return ballast;
    }

    @Override
    public void close() throws InterruptedException {
        run("umount", "--lazy", folder.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // not on this system
        }
    }
}
