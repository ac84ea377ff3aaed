package org.sallyport.core.policy;

import java.util.Optional;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.settings.Settings;

/** One reason to say no. Pure and quick: it is asked for every connection. */
public interface PolicyRule {

    /** Stable and dotted; names the rule when it fails. */
    String id();

    /** Empty when the rule has nothing against the request, or nothing to do with it. Any thread. */
    Optional<Refusal> check(PolicyRequest request, Settings settings);
}
