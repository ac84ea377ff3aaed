package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactTextTest {
    @Property(tries = 300)
    void anyFactsComeBack(@ForAll Map<String, String> facts) {
        assertThat(FactText.read(FactText.write(facts))).isEqualTo(facts);
    }

    @Test
    void theTextCanBeRead() {
        assertThat(FactText.write(Map.of("rule", "peer.banned", "hash", "00ff"))).isEqualTo("hash=00ff\nrule=peer.banned\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key\n", "key=value", "\n", "a=\\x\n", "a=\\\n", "a\n=b\n"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> FactText.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
