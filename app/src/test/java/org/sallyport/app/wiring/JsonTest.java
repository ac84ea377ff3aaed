package org.sallyport.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void anObjectIsOneLineInTheGivenOrder() {
        Map<String, Object> object = Json.object(
                "text", "a \"quoted\"\nline", "number", 1L << 40, "share", 0.5, "flag", true, "nothing", Json.NULL,
                "list", List.of(1, "two", List.of()), "object", Json.object("key", 1));

        assertThat(Json.write(object)).isEqualTo(
                "{\"text\":\"a \\\"quoted\\\"\\nline\",\"number\":1099511627776,\"share\":0.5,\"flag\":true,\"nothing\":null,"
                        + "\"list\":[1,\"two\",[]],\"object\":{\"key\":1}}");
    }

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        Map<String, Object> object = Json.object("t", "ü", "n", 5L, "d", 1.25, "b", false, "z", Json.NULL, "l", List.of("a", 2L), "o",
                Json.object("k", "v"));

        assertThat(Json.read(Json.write(object))).isEqualTo(object);
    }

    @Test
    void whatATerminalMustNotGetIsEscapedAndStaysTrue() throws IOException {
        String name = "\u202Egnp.exe\u007f\u009b\u2028\ue000\udb40\udc01\ud800 é 漢 🙂";

        String line = Json.write(Json.object("path", name));

        assertThat(line).isEqualTo("{\"path\":\"\\u202egnp.exe\\u007f\\u009b\\u2028\\ue000\\udb40\\udc01\\ud800 é 漢 🙂\"}");
        assertThat(Json.read(line)).isEqualTo(Json.object("path", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"a\":", "{\"a\":1}{}", "{\"a\":[[[[[[[[[1]]]]]]]]]}", "{'a':1}", "{\"a\":NaN}"})
    void anythingElseIsNotAnObject(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IOException.class);
    }
}
