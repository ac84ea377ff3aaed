package org.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest.AcceptPeer;
import org.sallyport.core.policy.PolicyRequest.ChangeSettings;
import org.sallyport.core.policy.PolicyRequest.Quit;
import org.sallyport.core.settings.Settings;

class PolicyEngineTest {
    private static final Quit QUIT = new Quit(false);
    private static final Refusal NO = new Refusal("test.no", "No. Try later.");

    /** A rule of this test. */
    private record Rule(Supplier<Optional<Refusal>> answer) implements PolicyRule {
        @Override
        public String id() {
            return "test.rule";
        }

        @Override
        public Optional<Refusal> check(PolicyRequest request, Settings settings) {
            return answer.get();
        }
    }

    @Test
    void denyWins() {
        PolicyRule agrees = new Rule(Optional::empty);
        PolicyRule denies = new Rule(() -> Optional.of(NO));

        assertThat(decide(agrees, denies, agrees)).isEqualTo(Decision.deny(NO));
        assertThat(decide(agrees)).isEqualTo(Decision.allow());
    }

    static Stream<PolicyRule> failingRules() {
        return Stream.of(
                new Rule(() -> {
                    throw new IllegalStateException("bug");
                }),
                new Rule(() -> {
                    throw new StackOverflowError();
                }),
                new Rule(() -> {
                    throw new AssertionError();
                }),
                new Rule(() -> null),
                new PolicyRule() {
                    @Override
                    public String id() {
                        throw new IllegalStateException("no id");
                    }

                    @Override
                    public Optional<Refusal> check(PolicyRequest request, Settings settings) {
                        return Optional.empty();
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("failingRules")
    void aRuleThatFailsDenies(PolicyRule rule) {
        assertThat(ruleOf(decide(rule))).isEqualTo("policy.failed");
    }

    @Test
    void settingsThatCannotBeReadDeny() {
        PolicyEngine throwing = PolicyEngine.standard(() -> {
            throw new IllegalStateException("unreadable");
        });
        PolicyEngine empty = PolicyEngine.standard(() -> null);

        assertThat(ruleOf(throwing.decide(QUIT))).isEqualTo("policy.failed");
        assertThat(ruleOf(empty.decide(QUIT))).isEqualTo("policy.failed");
    }

    @Test
    void aRequestWithoutItsFactsIsDenied() {
        PolicyEngine policy = PolicyEngine.standard(() -> Settings.DEFAULT);

        assertThat(ruleOf(policy.decide(null))).isEqualTo("policy.failed");
        assertThat(ruleOf(policy.decide(new ChangeSettings(Settings.DEFAULT, null)))).isEqualTo("policy.failed");
    }

    @Test
    void theSettingsInForceAreReadEachTime() {
        AtomicReference<Settings> inForce = new AtomicReference<>(Settings.DEFAULT);
        PolicyEngine policy = new PolicyEngine(inForce::get, List.of(new PolicyRule() {
            @Override
            public String id() {
                return "test.receive-only";
            }

            @Override
            public Optional<Refusal> check(PolicyRequest request, Settings settings) {
                return settings.receiveOnly() ? Optional.of(NO) : Optional.empty();
            }
        }));
        assertThat(policy.decide(QUIT).allowed()).isTrue();

        inForce.set(Settings.DEFAULT.withReceiveOnly(true));

        assertThat(policy.decide(QUIT).reason()).hasValue(NO);
    }

    @Test
    void decidingAboutAConnectionLeavesLittleGarbage() throws Exception {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PolicyEngine policy = PolicyEngine.standard(() -> Settings.DEFAULT);
        AcceptPeer peer = new AcceptPeer(InetAddress.getByName("203.0.113.7"), 200, 0, 0, 0, false);
        int rounds = 1_000;
        policy.decide(peer);

        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            policy.decide(peer);
        }
        long each = (thread.getCurrentThreadAllocatedBytes() - before) / rounds;

        assertThat(each).isLessThanOrEqualTo(128);
    }

    @Test
    void aDecisionFoldsToOneOfTwoAnswers() {
        assertThat(Decision.allow().<String>fold(() -> "yes", deny -> deny.refusal().rule())).isEqualTo("yes");
        assertThat(Decision.deny(NO).<String>fold(() -> "yes", deny -> deny.refusal().rule())).isEqualTo("test.no");
        assertThat(Decision.allow().reason()).isEmpty();
        assertThat(Decision.allow().allowed()).isTrue();
        assertThat(Decision.deny(NO).allowed()).isFalse();
    }

    private static Decision decide(PolicyRule... rules) {
        return new PolicyEngine(() -> Settings.DEFAULT, List.of(rules)).decide(QUIT);
    }

    private static String ruleOf(Decision decision) {
        return decision.reason().map(Refusal::rule).orElse("");
    }
}
