package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.app.wiring.StopSignal;

class CommandRunnerTest {
    @TempDir
    Path folder;

    private final Capture pipe = Capture.pipe();

    private int run(String line) {
        List<String> words = new ArrayList<>(List.of("--data", folder.toString()));
        words.addAll(List.of(line.split(" ")));
        return CommandRunner.run(words, pipe.terminal(), new StopSignal(), CommandRunnerTest.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "get | Missing required parameter",
        "get a.torrent --port x | Invalid value for option '--port'",
        "get a.torrent --port 70000 | A port is a number from 1 to 65535",
        "get a.torrent --port 0 | A port is a number from 1 to 65535",
        "get a.torrent --port 6000 --no-listen | either --port or --no-listen",
        "get a.torrent --peer a..b:6000 | is not HOST:PORT",
        "get a.torrent --peer localhost:99999 | is not HOST:PORT",
        "get a.torrent --peer 127.0.0.1 | is not HOST:PORT",
        "get a.torrent --peer 127.0.0.1:99999 | is not HOST:PORT",
        "get a.torrent --down 500 | from 1K to 10G",
        "seed a.torrent --from . --up 11G | from 1K to 10G",
        "get a.torrent --up fast | is not a rate",
        "get a.torrent --seed-until soon | takes a ratio",
        "get a.torrent --seed-until -1 | takes a ratio",
        "get a.torrent --timeout -5 | takes a number of seconds",
        "get a.torrent --nonsense | Unknown option: '--nonsense'",
        "seed a.torrent | Missing required option: '--from",
        "create . | Missing required option: '-o",
        "create . -o x --piece-length 17k | power of two",
        "create . -o x --piece-length 8k | power of two",
        "create . -o x --piece-length much | is not a size",
        "show | Missing required parameter",
        "remove abcd --everything | Unknown option",
        "quit --when-complete --off | mutually exclusive",
        "quit --at noon | Invalid value for option '--at'",
        "events --since yesterday | Invalid value for option '--since'",
        "blocklist | Missing required parameter",
        "discovery --dht maybe | Invalid value for option '--dht'",
        "blocklist forget | Invalid value for positional parameter",
        "device pair | Missing required parameter",
        "device add ABC | Missing required option: '--name",
        "device reset-identity | Missing required option: '--yes",
        "device address attic | Missing required parameter",
        "firewall --format iptables | Invalid value for option '--format'",
        "share | Run 'sallyport share --help' for the list",
        "share add | Missing required parameter: 'PATH'",
        "share stop | Missing required parameter: 'HASH'",
        "share give x | Unmatched arguments",
        "set abcd | Missing required parameter",
        "list of things | Unmatched arguments"})
    void usageErrorsAreSentencesAndExitTwo(String line, String sentence) {
        assertThat(run(line)).as(pipe.err()).isEqualTo(2);
        assertThat(pipe.err()).contains(sentence).endsWith(".");
        assertThat(pipe.out()).filteredOn(l -> !l.contains("\"done\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show abcd", "pause abcd", "remove --data abcd", "events --follow", "quit", "quit --when-complete",
            "quit --at 23:30",
        "port", "device id", "device list", "device offer", "device pair SALLYPORT:X", "device send Laptop .", "device offers",
        "device accept abcd", "device decline abcd", "device catalogue", "device catalogue Laptop --search x", "device take abcd --from Laptop",
        "firewall --format ufw",
        "blocklist show", "blocklist load x", "add x.torrent",
        "share list", "share allow .", "share disallow .", "share stop abcd", "share examine .", "set abcd upload=never"})
    void libraryCommandsNeedARunningInstance(String line) {
        assertThat(run(line)).isEqualTo(5);
        assertThat(pipe.err()).startsWith("No Sallyport is running");
    }

    @ParameterizedTest
    @CsvSource({"magnet:?xt=urn:btih:abc, magnet.hash", "magnet:?dn=x, magnet.no-hash"})
    void sourcesThatComeLaterAreRefusedByRule(String source, String rule) {
        assertThat(run("--json get " + source)).isEqualTo(3);
        assertThat(pipe.out().get(0)).startsWith("{\"event\":\"refused\",\"rule\":\"" + rule + "\",\"reason\":\"");
        assertThat(pipe.out().get(1)).isEqualTo("{\"event\":\"done\",\"exit\":3}");
    }

    @Test
    void aMissingFileIsAFailureThatNamesIt() {
        assertThat(run("--json get nowhere.torrent")).isEqualTo(1);
        assertThat(pipe.err()).isEqualTo("There is no file nowhere.torrent.");
        assertThat(pipe.out()).containsExactly("{\"event\":\"done\",\"exit\":1}");
    }

    @Test
    void theVersionIsAnObjectWithJson() {
        assertThat(run("--json version")).isZero();
        assertThat(pipe.out()).singleElement().asString().matches("\\{\"version\":\"[^\"]+\",\"java\":\"[^\"]+\"}");
    }

    @Test
    void helpListsEveryCommandAndNoHiddenOne() {
        assertThat(run("--help")).isZero();
        assertThat(CommandTable.names()).allSatisfy(name -> assertThat(pipe.outText()).containsPattern("(?m)^  " + name + " "));
        assertThat(pipe.outText()).doesNotContain("sample-server").doesNotContain("show-window");
    }

    @Test
    void eachCommandHasItsOwnHelp() {
        assertThat(CommandTable.names()).allSatisfy(name -> {
            Capture own = Capture.pipe();
            assertThat(CommandRunner.run(List.of(name, "--help"), own.terminal(), new StopSignal(), CommandRunnerTest.class)).isZero();
            assertThat(own.out().get(0)).startsWith("Usage: sallyport " + name);
        });
    }

    @ParameterizedTest
    @CsvSource({"list, true", "--json list, true", "--data list, false", "--data list list, true", "--data x --json get, true",
            "--help, true", "-h, true",
        "song.torrent, false", "lists, false", "--json, false", "show-window, true"})
    void aStartIsACommandWhenItsFirstWordIsOne(String line, boolean command) {
        assertThat(CommandRunner.isCommand(List.of(line.split(" ")))).isEqualTo(command);
    }

    /** The script decides about JavaFX before Java runs, so it has the list as well. */
    @Test
    void theStartScriptsKnowEveryCommand() throws IOException {
        String script = Files.readString(Path.of("src/packaging/bin/sallyport"));
        String batch = Files.readString(Path.of("src/packaging/bin/sallyport.bat"));

        assertThat(CommandTable.names()).allSatisfy(name -> {
            assertThat(script).containsPattern("(?m)^ .*[ |]" + name + "( |\\))");
            assertThat(batch).containsPattern("[( ]" + name + " ");
        });
    }
}
