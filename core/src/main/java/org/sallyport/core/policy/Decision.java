package org.sallyport.core.policy;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;

/** The answer to a {@link PolicyRequest}. */
public sealed interface Decision permits Decision.Allow, Decision.Deny {

    /** Nothing speaks against it. */
    record Allow() implements Decision {
        static final Allow INSTANCE = new Allow();
    }

    /** A rule speaks against it; the refusal becomes an event (invariant I9). */
    record Deny(Refusal refusal) implements Decision { }

    static Decision allow() {
        return Allow.INSTANCE;
    }

    static Decision deny(Refusal refusal) {
        return new Deny(refusal);
    }

    default boolean allowed() {
        return this instanceof Allow;
    }

    /** Why not; empty when it is allowed. */
    default Optional<Refusal> reason() {
        return this instanceof Deny deny ? Optional.of(deny.refusal()) : Optional.empty();
    }

    /** Goes on only when it is allowed. */
    default void orThrow() throws RefusedException {
        if (this instanceof Deny deny) {
            throw new RefusedException(deny.refusal());
        }
    }

    default <R> R fold(Supplier<? extends R> allow, Function<? super Deny, ? extends R> deny) {
        return this instanceof Deny denied ? deny.apply(denied) : allow.get();
    }
}
