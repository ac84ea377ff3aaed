package org.sallyport.core.policy;

import java.util.Optional;
import java.util.function.BiPredicate;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.settings.Settings;

/** A rule about one kind of request with one sentence, made once: denying costs no more than allowing, even under attack. */
final class TypedRule<R extends PolicyRequest> implements PolicyRule {
    private final Class<R> type;
    private final BiPredicate<R, Settings> denies;
    private final String id;
    private final Refusal refusal;

    TypedRule(String id, Class<R> type, BiPredicate<R, Settings> denies, String sentence) {
        this.id = id;
        this.type = type;
        this.denies = denies;
        this.refusal = new Refusal(id, sentence);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Optional<Refusal> check(PolicyRequest request, Settings settings) {
        return type.isInstance(request) && denies.test(type.cast(request), settings) ? Optional.of(refusal) : Optional.empty();
    }
}
