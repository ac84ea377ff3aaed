package org.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources of all three modules keep to the source rules, and each rule finds what is planted for it. */
class SourceRulesTest {

    private static final Path PROJECT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().getParent();

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
            Door.java         | class Door { }                                           | p: no package-info.java
            package-info.java | '@NullMarked package p;'                                 | p: package-info.java does not start with a javadoc followed by @NullMarked
            package-info.java | '/** Opens the door. */ package p;'                      | p: package-info.java does not start with a javadoc followed by @NullMarked
            package-info.java | '/** Opens the door. And shuts it. */ @NullMarked package p;' | p: package-info.java does not say the job in one sentence
            package-info.java | '/** The door */ @NullMarked package p;'                 | p: package-info.java does not say the job in one sentence
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

    private static SourceRules sourcesOf(String module) {
        return new SourceRules(PROJECT.resolve(module).resolve("src/main/java"));
    }

    private void plant(String file, String source) throws IOException {
        Path target = planted.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, source);
    }
}
