package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.app.wiring.ControlRequest;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.InstanceHost;
import org.sallyport.core.engine.CreateRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.model.Intent;
import org.sallyport.core.settings.Settings;

/** Intents and risky names on the command line, as the running instance takes them. */
@Timeout(90)
class RiskyNamesCommandTest {
    private static final InstanceHost HOST = new InstanceHost() {
        @Override
        public void quit() { }

        @Override
        public boolean showWindow(List<Path> torrents, List<String> magnets) {
            return false;
        }
    };

    @TempDir
    Path temp;
    private Engine engine;
    private Capture last = Capture.pipe();

    @BeforeEach
    void open() throws Exception {
        engine = Engine.start(EngineOptions.in(temp.resolve("data")).withPort(0).withDht(false));
        Path set = Files.createDirectories(temp.resolve("Night"));
        for (String name : List.of("movie.mkv", "movie.srt", "setup.exe", "movie.mkv.lnk")) {
            Files.writeString(set.resolve(name), name);
        }
        CreateRequest request = new CreateRequest(set, temp.resolve("night.torrent"), 0, List.of(), List.of(), false, "");
        assertThat(engine.create(request, done -> { }).get(20, TimeUnit.SECONDS).isDone()).isTrue();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private int run(String... words) {
        last = Capture.pipe();
        List<String> all = new ArrayList<>(List.of("--json"));
        all.addAll(List.of(words));
        return CommandRunner.runFor(engine, HOST, new ControlRequest(all, temp), last.terminal());
    }

    private int add(String... more) {
        List<String> words = new ArrayList<>(List.of("add", "night.torrent", "--to", "down", "--paused"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private List<String> files() {
        String hash = engine.snapshot().torrents().get(0).hash().hex();
        assertThat(run("files", hash)).as(last.err()).isZero();
        return last.out();
    }

    @Test
    void torrentWithRiskyNamesNeedsAChoice() {
        assertThat(add()).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).startsWith("{\"event\":\"refused\",\"rule\":\"names.blocked\"").contains("movie.mkv.lnk");
        assertThat(add("--only", "*.exe")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).startsWith("{\"event\":\"refused\",\"rule\":\"names.ask\"").contains("setup.exe");

        assertThat(add("--only", "*.exe", "--accept-risky")).as(last.err()).isZero();
        assertThat(files()).anySatisfy(line -> assertThat(line)
                .contains("setup.exe", "\"wanted\":true", "\"flags\":[\"program\"],\"risk\":\"ask\",\"skipped\":\"\""))
                .anySatisfy(line -> assertThat(line).contains("movie.mkv.lnk",
                        "\"flags\":[\"disguised\",\"shortcut\"],\"risk\":\"block\",\"skipped\":\"disguised\""));
    }

    @Test
    void riskyFilesAreLeftOutAndWantedOnlyWithAWord() {
        assertThat(add("--skip-risky")).as(last.err()).isZero();
        assertThat(last.outText()).contains(
                "\"leftOut\":[{\"cause\":\"name\",\"files\":1,\"reason\":\"1 file is left out: risky name (disguised).\"},"
                + "{\"cause\":\"name\",\"files\":1,\"reason\":\"1 file is left out: risky name (program).\"}]");
        assertThat(files()).filteredOn(line -> line.contains("\"wanted\":true")).hasSize(2);

        String hash = engine.snapshot().torrents().get(0).hash().hex();
        assertThat(run("set", hash, "priority=*.exe:normal")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("\"rule\":\"names.ask\"");
        assertThat(run("set", hash, "priority=*.exe:normal", "--accept-risky")).as(last.err()).isZero();
        assertThat(run("set", hash, "priority=*.lnk:normal", "--accept-risky")).isEqualTo(Exit.REFUSED);
        assertThat(run("start", hash, "--skip-risky")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("\"rule\":\"names.nothing-asked\"");
        assertThat(run("start", hash, "--skip-risky", "--accept-risky")).isEqualTo(Exit.USAGE);
    }

    @Test
    void intentChoosesFilesAndTheSettingsHaveTheUsualOne() throws Exception {
        assertThat(add("--intent", "music")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("\"rule\":\"names.intent-empty\"");
        assertThat(add("--intent", "films")).isEqualTo(Exit.USAGE);
        assertThat(add("--accept-risky", "--skip-risky")).isEqualTo(Exit.USAGE);
        assertThat(add("--intent", "video", "--only", "setup.exe")).isEqualTo(Exit.FAILED);
        engine.changeSettings(engine.settings().withScreening(Settings.Screening.DEFAULT.withUsual(Intent.VIDEO))).get(20, TimeUnit.SECONDS);

        assertThat(add()).as(last.err()).isZero();
        assertThat(last.outText()).contains("{\"cause\":\"intent\",\"files\":1,\"reason\":\"1 file is left out: not for Video.\"}");
        assertThat(files()).filteredOn(line -> line.contains("\"wanted\":true")).hasSize(2);
        assertThat(files()).anySatisfy(line -> assertThat(line).contains("setup.exe", "\"skipped\":\"not for Video\""));
        assertThat(run("list")).isZero();
        assertThat(last.outText()).contains("\"intent\":\"video\"");
    }

    @Test
    void peopleReadWhatNamesGiveAway() {
        assertThat(add("--intent", "video")).as(last.err()).isZero();
        String hash = engine.snapshot().torrents().get(0).hash().hex();
        Capture text = Capture.pipe();
        assertThat(CommandRunner.runFor(engine, HOST, new ControlRequest(List.of("files", hash), temp), text.terminal())).isZero();

        assertThat(text.outText()).contains("skip (not for Video)", "skip (disguised)", "disguised, shortcut", "program");
    }
}
