package org.sallyport.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowStateTest {
    @TempDir
    private Path folder;

    @Test
    void whatWasSavedIsThereAgain() {
        Path file = folder.resolve("window.properties");
        WindowState state = WindowState.load(file);
        state.put("a", 1.5);
        state.put("b", true);
        state.put("c", List.of("x", "y"));
        state.save();

        WindowState again = WindowState.load(file);

        assertThat(again.number("a", 0)).isEqualTo(1.5);
        assertThat(again.flag("b", false)).isTrue();
        assertThat(again.words("c")).containsExactly("x", "y");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void nonsenseIsAsGoodAsNothing() throws IOException {
        Path file = folder.resolve("window.properties");
        Files.writeString(file, "a=NaN\nb=\\u00zz\n");

        assertThat(WindowState.load(file).number("a", 7)).isEqualTo(7);
        assertThat(WindowState.load(folder.resolve("none")).words("c")).isEmpty();
    }
}
