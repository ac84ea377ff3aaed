package org.sallyport.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that says whether something may happen. Deny wins; what cannot be decided is denied (invariant I7).
 * Any thread; never blocks, never throws.
 */
public final class PolicyEngine {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyEngine.class);
    private static final String SETTINGS = "settings";
    private static final Decision FAILED = Decision.deny(new Refusal("policy.failed",
            "This was refused because the rules could not be read or checked. Restart Sallyport; report it if it happens again."));

    private final Supplier<Settings> settings;
    private final List<PolicyRule> rules;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /**
     * The built-in rules and more.
     *
     * @param settings those in force at the moment of asking
     * @param extra    asked after the built-in ones
     */
    public PolicyEngine(Supplier<Settings> settings, List<PolicyRule> extra) {
        this.settings = settings;
        List<PolicyRule> all = new ArrayList<>(PeerRules.all());
        all.addAll(AudienceRules.all());
        all.addAll(SourceRules.all());
        all.addAll(FileRules.all());
        all.addAll(NameRules.all());
        all.addAll(PlaceRules.all());
        all.add(new SettingsRule());
        all.addAll(extra);
        this.rules = List.copyOf(all);
    }

    /** The built-in rules. */
    public static PolicyEngine standard(Supplier<Settings> settings) {
        return new PolicyEngine(settings, List.of());
    }

    /** The built-in rules and a blocklist. @param blocklist the one in force at the moment of asking */
    public static PolicyEngine standard(Supplier<Settings> settings, Supplier<Blocklist> blocklist) {
        return new PolicyEngine(settings, BlocklistRules.all(blocklist));
    }

    /** May this happen? The first rule that says no gives the reason. */
    public Decision decide(PolicyRequest request) {
        String asked = SETTINGS;
        try {
            Objects.requireNonNull(request);
            Settings inForce = Objects.requireNonNull(settings.get());
            for (PolicyRule rule : rules) {
                asked = String.valueOf(rule.id());
                Optional<Refusal> refusal = rule.check(request, inForce);
                if (refusal.isPresent()) {
                    return Decision.deny(refusal.get());
                }
            }
            return Decision.allow();
        } catch (Throwable e) {
            reportOnce(asked, e);
            return FAILED;
        }
    }

    // once for each rule: a stranger who can make a rule fail must not be able to fill the log
    private void reportOnce(String rule, Throwable failure) {
        if (reported.add(rule)) {
            LOG.error("rule {} failed, its requests are denied", rule, failure);
        }
    }
}
