package org.sallyport.app.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The packaged program on a host, with a data directory that it keeps from run to run. */
final class Sallyport {

    /** Also for what reads 600 MB once, on a machine that does more than this. */
    private static final Duration SHORT_COMMAND = Duration.ofSeconds(120);

    private final Scene scene;
    private final Host host;
    private final String name;
    private final Path data;
    private int runs;

    Sallyport(Scene scene, Host host, String name) {
        this.scene = scene;
        this.host = host;
        this.name = name;
        this.data = scene.folder(name).resolve("data");
    }

    /** {@code bin/sallyport} of the layout that {@code sallyport.home} names. */
    static Path command() {
        return Path.of(System.getProperty("sallyport.home", "target/sallyport"), "bin", "sallyport").toAbsolutePath();
    }

    /** Its data directory. */
    Path data() {
        return data;
    }

    Host host() {
        return host;
    }

    /** Starts {@code get}, {@code seed} or {@code daemon}: a command that stays in the foreground. */
    SallyportRun start(Object... arguments) {
        return new SallyportRun(program(name + "-" + ++runs, arguments));
    }

    /** Starts {@code get} into {@code folder} on {@link RealClient#PORT}. */
    SallyportRun get(TorrentFile torrent, Path folder) {
        return start("get", torrent.path(), "--to", folder, "--port", RealClient.PORT);
    }

    /** Starts {@code seed} on {@link RealClient#PORT}. */
    SallyportRun seed(Path torrent, Path folder) {
        return start("seed", torrent, "--from", folder, "--port", RealClient.PORT);
    }

    /** Writes its choices, before it runs: JSON with what differs from the defaults. */
    Sallyport settings(String json) {
        try {
            Files.createDirectories(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(data.resolve("settings.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Runs a command to its end, which may be any. */
    SallyportRun run(Duration limit, Object... arguments) {
        SallyportRun run = start(arguments);
        run.program().exitCode(limit);
        return run;
    }

    /** Runs a command that ends by itself, such as {@code list}, and returns the JSON it printed; it must succeed. */
    List<JsonNode> ask(Object... arguments) {
        try (Program program = program(name + "-ask", arguments)) {
            int exit = program.exitCode(SHORT_COMMAND);
            if (exit != 0) {
                throw new AssertionError(List.of(arguments) + " ended with " + exit + "\n" + program.tail());
            }
            return SallyportRun.parse(program.lines());
        }
    }

    /** Pairs this device with another by code, both with a daemon that runs; their people say that the words are the same. */
    void pairWith(Sallyport other) {
        SallyportRun offer = start("device", "offer", "--accept-words");
        offer.await("code", SHORT_COMMAND);
        String code = offer.named("code").findFirst().orElseThrow().get("code").asText();
        SallyportRun pair = other.start("device", "pair", code, "--accept-words");
        for (SallyportRun side : List.of(offer, pair)) {
            if (side.program().exitCode(SHORT_COMMAND) != 0) {
                throw new AssertionError("not paired\n" + side.program().tail());
            }
        }
        if (!words(offer).equals(words(pair))) {
            throw new AssertionError("the words differ: " + words(offer) + " and " + words(pair));
        }
    }

    private static String words(SallyportRun run) {
        return run.named("words").findFirst().orElseThrow().get("words").toString();
    }

    private Program program(String log, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(command().toString(), "--data", data.toString(), "--json"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return scene.start(host, log, command);
    }
}
