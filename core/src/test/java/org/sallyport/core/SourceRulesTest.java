package org.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources of all three modules keep to the source rules, and each rule finds what is planted for it. */
class SourceRulesTest {

    private static final Path PROJECT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().getParent();

    private static final int MOST_CHARACTERS = 150;
    private static final int MOST_LINES = 300;
    /** Files that do one thing and still need more room. The list and its numbers may only shrink. */
    private static final Map<String, Integer> LONGER = Map.ofEntries(Map.entry("AddTorrentViewModel.java", 330), Map.entry("Announcer.java", 330),
            Map.entry("DatagramPort.java", 350), Map.entry("Fetcher.java", 350), Map.entry("Library.java", 360),
            Map.entry("NewShareViewModel.java", 310), Map.entry("Peer.java", 580), Map.entry("PeerLink.java", 330), Map.entry("Swarm.java", 550),
            Map.entry("TorrentCourse.java", 390), Map.entry("TransfersView.java", 310));

    @TempDir
    private Path planted;

    @ParameterizedTest
    @ValueSource(strings = {"core", "ui", "app"})
    void packagesOfTheModuleSayTheirJob(String module) {
        assertThat(PROJECT.resolve(module).resolve("pom.xml")).exists();

        assertThat(sourcesOf(module).packagesSayTheirJob()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "ui"})
    void onlyPersistLocksInTheModule(String module) {
        assertThat(sourcesOf(module).onlyPersistLocks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Door.java | class Door { } | p: no package-info.java
            package-info.java | '@NullMarked package p;' | p: package-info.java does not start with a javadoc followed by @NullMarked
            package-info.java | '/** Opens the door. */ package p;' | p: package-info.java does not start with a javadoc followed by @NullMarked
            package-info.java | '/** Opens. And shuts. */ @NullMarked package p;' | p: package-info.java does not say the job in one sentence
            package-info.java | '/** The door */ @NullMarked package p;' | p: package-info.java does not say the job in one sentence
            """)
    void packageWithoutItsJobIsFound(String file, String source, String complaint) throws IOException {
        plant("p/" + file, source);

        assertThat(new SourceRules(planted).packagesSayTheirJob()).containsExactly(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/**\n * Opens the door: 0.5 s at most,\n * and shuts it.\n */", "/** May it open? Facts in, decision out. */"})
    void packageThatSaysItsJobIsLeftAlone(String javadoc) throws IOException {
        plant("p/package-info.java", javadoc + "\n@NullMarked\npackage p;\n");

        assertThat(new SourceRules(planted).packagesSayTheirJob()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"class A { synchronized void a() { } }", "class A { void a() { synchronized(this) { } } }"})
    void lockIsFoundEverywhereButInPersist(String source) throws IOException {
        plant("core/swarm/A.java", source);
        plant("core/persist/A.java", source);

        assertThat(new SourceRules(planted).onlyPersistLocks()).containsExactly("core/swarm/A.java: synchronized outside persist");
    }

    @Test
    void wordInCommentOrTextIsNoLock() throws IOException {
        plant("core/swarm/A.java", "/** Not synchronized. */ class A { String a = \"a \\\" synchronized\"; } // synchronized");

        assertThat(new SourceRules(planted).onlyPersistLocks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"core, main", "core, test", "ui, main", "ui, test", "app, main", "app, test"})
    void linesOfTheModuleFitOnTheScreen(String module, String part) {
        SourceRules sources = new SourceRules(PROJECT.resolve(module).resolve("src").resolve(part).resolve("java"));

        assertThat(sources.linesFit(MOST_CHARACTERS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "ui", "app"})
    void filesOfTheModuleAreShort(String module) {
        assertThat(sourcesOf(module).filesFit(MOST_LINES, LONGER)).isEmpty();
    }

    @Test
    void longLineIsFound() throws IOException {
        plant("p/A.java", "x".repeat(150) + "\n" + "x".repeat(151) + "\n");

        assertThat(new SourceRules(planted).linesFit(150)).containsExactly("p/A.java:2: 151 characters");
    }

    @Test
    void longFileIsFoundAndSoIsAnExceptionNobodyNeeds() throws IOException {
        plant("p/A.java", "x\n".repeat(11));
        plant("p/B.java", "x\n".repeat(12));
        plant("p/C.java", "x\n".repeat(10));
        plant("p/D.java", "x\n".repeat(12));

        assertThat(new SourceRules(planted).filesFit(10, Map.of("B.java", 11, "C.java", 11, "D.java", 12)))
                .containsExactly("p/A.java: 11 lines", "p/B.java: 12 lines", "p/C.java: short by now, and still named as long");
    }

    private static SourceRules sourcesOf(String module) {
        return new SourceRules(PROJECT.resolve(module).resolve("src/main/java"));
    }

    private void plant(String file, String source) throws IOException {
        Path target = planted.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, source);
    }
}
