package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void whatStrangersWroteCannotSteerTheTerminal() {
        String hostile = "a\u001b]0;owned\u0007b\u009b2Jc\u202Egnp.exe\r\nnext\tline\u2028\u200b é 漢 🙂";

        assertThat(Terminal.printable(hostile)).isEqualTo("a�]0;owned�b�2Jc�gnp.exe��next�line�� é 漢 🙂");
    }

    @Test
    void aWholeLineTakesThePlaceOfTheBar() {
        Capture screen = Capture.screen();

        screen.terminal().bar("50 %");
        screen.terminal().out("Done.");

        assertThat(screen.outText()).startsWith("\r50 % ").endsWith("\r" + " ".repeat(79) + "\rDone." + System.lineSeparator());
    }

    @Test
    void theBarNeverWraps() {
        Capture screen = Capture.screen();

        screen.terminal().bar("x".repeat(200));

        assertThat(screen.outText()).hasSize(80);
    }
}
