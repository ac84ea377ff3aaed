package org.sallyport.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemThemeTest {
    @ParameterizedTest
    @CsvSource({"linux, 'prefer-dark', true", "linux, 'default', false", "linux, '', false", "mac os x, Dark, true", "mac os x, '', false",
            "windows 11, AppsUseLightTheme REG_DWORD 0x0, true", "windows 11, AppsUseLightTheme REG_DWORD 0x1, false", "windows 11, '', false"})
    void theAnswerOfTheDesktopIsUnderstood(String system, String answer, boolean dark) {
        assertThat(SystemTheme.saysDark(system, answer)).isEqualTo(dark);
        assertThat(SystemTheme.question(system)).isNotEmpty().noneMatch(argument -> argument.equals("sh") || argument.equals("-c"));
    }
}
