package org.sallyport.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WindowInputTest {
    @Test
    void pathsAndFileUrisAreFoundAndTheRestIsLeftOut() {
        String text = "/tmp/a.torrent\n\n  file:///tmp/b%20c.torrent \nrelative.torrent\nfile:no\nhttp://x/y.torrent\n\0bad";

        assertThat(WindowInput.pathsIn(text)).containsExactly(Path.of("/tmp/a.torrent"), Path.of("/tmp/b c.torrent"));
    }
}
