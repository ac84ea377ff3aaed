package org.sallyport.core.model;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** How a command ended: done with a value, refused by a rule, or failed by trouble. */
public sealed interface Outcome<T> permits Outcome.Done, Outcome.Refused, Outcome.Failed {

    /** It was done. */
    record Done<T>(T value) implements Outcome<T> { }

    /** A rule said no; nothing changed. */
    record Refused<T>(Refusal refusal) implements Outcome<T> { }

    /** It was allowed but could not be done. @param sentence what happened and what to do */
    record Failed<T>(String sentence) implements Outcome<T> { }

    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Outcome<T> refused(String rule, String sentence) {
        return new Refused<>(new Refusal(rule, sentence));
    }

    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    static <T> Outcome<T> failed(String sentence) {
        return new Failed<>(sentence);
    }

    /** Answers for each of the three ways; Java 17 has no pattern switch. */
    default <R> R fold(Function<? super T, R> done, Function<Refusal, R> refused, Function<String, R> failed) {
        if (this instanceof Done<T> d) {
            return done.apply(d.value());
        }
        if (this instanceof Refused<T> r) {
            return refused.apply(r.refusal());
        }
        return failed.apply(((Failed<T>) this).sentence());
    }

    /** The same with another value; what was refused or failed stays so. */
    default <R> Outcome<R> map(Function<? super T, ? extends R> value) {
        return fold(done -> done(value.apply(done)), Outcome::refused, Outcome::failed);
    }

    /** What is done next with the value; nothing more is done when it was refused or failed. */
    default <R> CompletableFuture<Outcome<R>> then(Function<? super T, CompletableFuture<Outcome<R>>> next) {
        return fold(next, refusal -> CompletableFuture.completedFuture(refused(refusal)),
                problem -> CompletableFuture.completedFuture(failed(problem)));
    }

    default boolean isDone() {
        return this instanceof Done;
    }
}
