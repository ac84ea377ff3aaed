package org.sallyport.ui.addtorrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MagnetTextTest {
    @Test
    void nameTrackersAndChosenFilesAreRead() {
        MagnetText link = MagnetText.of("MAGNET:?xt=urn:btih:abc&dn=Caf%C3%A9+bar%20one"
                + "&tr=udp%3A%2F%2Fa%3A1&tr.2=http://b/&so=1,3-4,x,9-2&x.pe=1.2.3.4:5");

        assertThat(link.name()).isEqualTo("Café+bar one");
        assertThat(link.hash()).isEqualTo("abc");
        assertThat(link.trackers()).containsExactly("udp://a:1", "http://b/");
        assertThat(link.selected().stream().boxed().toList()).containsExactly(1, 3, 4);
    }

    @Test
    void whatCannotBeDecodedIsShownAsItIsAndTricksAreLeftOut() {
        MagnetText link = MagnetText.of("magnet:?dn=%zz&tr=%E2%80%AEgpj.exe%00&&=&so=999999999999");

        assertThat(link.name()).isEqualTo("%zz");
        assertThat(link.trackers()).containsExactly("gpj.exe");
        assertThat(link.selected().isEmpty()).isTrue();
    }

    @Test
    void linksAreFoundAmongOtherLines() {
        assertThat(MagnetText.linksIn("hello\n magnet:?a \nhttp://x\nMagnet:?b")).isEqualTo(List.of("magnet:?a", "Magnet:?b"));
        assertThat(MagnetText.isLink("magnet:?" + "x".repeat(70_000))).isFalse();
    }
}
