package org.sallyport.ui.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Pattern IN_FXML = Pattern.compile("\"%([A-Za-z0-9_.]+)\"");
    private static final Pattern IN_JAVA = Pattern.compile("\"([a-z][A-Za-z]*\\.[A-Za-z0-9_.]+)\"");
    /** Keys put together in code. */
    private static final Pattern BUILT = Pattern.compile(
            "(shortcuts|transfers\\.menu|safety\\.state|verdict|trackers\\.(status|web)|files\\.priority|screening\\.stage"
            + "|peers\\.(security|source)|goal|week|settings\\.caps\\.at|add\\.fact|theme"
            + "|upload|intent|settings\\.names|sharing\\.(now|sum\\.people|ends))\\..*");

    @Test
    void everyKeyOfAScreenHasWords() throws IOException {
        assertThat(keys("src/main/resources", ".fxml", IN_FXML)).isSubsetOf(Messages.bundle().keySet());
    }

    @Test
    void noWordsAreLeftOver() throws IOException {
        Set<String> used = keys("src/main/resources", ".fxml", IN_FXML);
        used.addAll(keys("src/main/java", ".java", IN_JAVA));
        Set<String> left = new TreeSet<>(Messages.bundle().keySet());
        left.removeAll(used);
        left.removeIf(key -> BUILT.matcher(key).matches());

        assertThat(left).isEmpty();
    }

    @Test
    void nothingShouts() {
        Messages.bundle().keySet().forEach(key -> assertThat(Messages.text(key)).as(key).doesNotContain("!").isNotBlank());
    }

    @Test
    void aPatternHoldsNoApostropheThatTheFormatWouldSwallow() {
        assertThat(Messages.bundle().keySet()).filteredOn(key -> Messages.text(key).contains("{0}"))
                .allSatisfy(key -> assertThat(Messages.text(key)).doesNotContain("'"));
    }

    private static Set<String> keys(String folder, String ending, Pattern pattern) throws IOException {
        Set<String> keys = new HashSet<>();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
                Matcher matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    keys.add(matcher.group(1));
                }
            }
        }
        return keys;
    }
}
