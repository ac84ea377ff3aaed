package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.trust.Devices.rule;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceNameTest {
    private static final DeviceName OTHERWISE = new DeviceName("Device");

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false,
            value = {"Laptop,Laptop", "  Ann's phone ,Ann's phone", "\u5bb6\u306ePC,\u5bb6\u306ePC", "\ud83d\ude80,\ud83d\ude80"})
    void aNameIsTakenWithoutTheSpaceAroundIt(String typed, String name) throws Exception {
        assertThat(DeviceName.parse(typed)).hasToString(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            device-name.empty     | ''
            device-name.empty     | '   '
            device-name.character | 'a\u202etxt.exe'
            device-name.character | 'a\u0000b'
            device-name.character | 'a\u200bb'
            device-name.length    | 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
            """)
    void aNameThatMisleadsIsRefused(String rule, String typed) {
        assertThat(rule(() -> DeviceName.parse(typed))).isEqualTo(rule);
        assertThatThrownBy(() -> new DeviceName(typed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSuggestedNameLosesWhatMisleads() {
        assertThat(DeviceName.suggested("a\u202etxt\n.exe", OTHERWISE)).hasToString("atxt.exe");
        assertThat(DeviceName.suggested("\u200b \n", OTHERWISE)).isEqualTo(OTHERWISE);
        assertThat(DeviceName.suggested("b".repeat(10_000_000), OTHERWISE)).hasToString("b".repeat(40));
    }

    @Property
    void anySuggestedNameBecomesAName(@ForAll String received) throws Exception {
        DeviceName name = DeviceName.suggested(received, OTHERWISE);

        assertThat(DeviceName.parse(name.text())).isEqualTo(name);
    }
}
