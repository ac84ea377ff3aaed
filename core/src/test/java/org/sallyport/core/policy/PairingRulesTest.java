package org.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest.CallDevice;
import org.sallyport.core.policy.PolicyRequest.PairDevice;
import org.sallyport.core.settings.Settings;

/** Who may be paired with, and where devices are called. */
class PairingRulesTest {
    private static final Settings SETTINGS = Settings.DEFAULT;
    private static final PairDevice BY_CODE = new PairDevice(false, 3);

    private static Optional<String> rule(PolicyEngine policy, PolicyRequest request) {
        return policy.decide(request).reason().map(Refusal::rule);
    }

    @ParameterizedTest
    @CsvSource({"192.168.1.7:6000, ''", "127.0.0.1:6000, ''", "'[2001:db8::7]:443', ''", "224.0.0.1:6000, policy.martian-address",
        "255.255.255.255:6000, policy.martian-address", "'[ff02::1]:6000', policy.martian-address", "198.51.100.9:6000, policy.blocklist"})
    void devicesAreCalledWhereAPersonSaysButNotEverywhere(String address, String expected) throws Exception {
        Blocklist blocked = BlocklistReader.read(new ByteArrayInputStream("198.51.100.0/24\n".getBytes(StandardCharsets.US_ASCII)));

        PolicyEngine policy = PolicyEngine.standard(() -> SETTINGS, () -> blocked);
        assertThat(rule(policy, new CallDevice(PeerAddress.parse(address))).orElse("")).isEqualTo(expected);
    }

    @Test
    void pairingIsAllowedUnlessARuleSaysNo() {
        PolicyRule no = new TypedRule<>("test.no-pairing", PairDevice.class, (pairing, settings) -> !pairing.byVoice(), "Not here.");
        PolicyEngine strict = new PolicyEngine(() -> SETTINGS, List.of(no));

        assertThat(rule(PolicyEngine.standard(() -> SETTINGS), BY_CODE)).isEmpty();
        assertThat(rule(strict, BY_CODE)).contains("test.no-pairing");
        assertThat(rule(strict, new PairDevice(true, 3))).isEmpty();
    }

    @Test
    void pairingIsDeniedWhenTheRulesCannotBeRead() {
        PolicyEngine broken = PolicyEngine.standard(() -> {
            throw new IllegalStateException("unreadable");
        });

        assertThat(rule(broken, BY_CODE)).contains("policy.failed");
    }
}
