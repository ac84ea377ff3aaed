package org.sallyport.app.cli;

import java.util.function.Consumer;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.app.wiring.Output;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;

/** How the outcome of a command is told: an exit code, and the reason where it was not done. */
record Answers(Output output, boolean json) {

    /** Hands the value on, or prints why there is none. @return the exit code */
    <T> int report(Outcome<T> outcome, Consumer<T> done) {
        return outcome.fold(
                value -> {
                    done.accept(value);
                    return Exit.DONE;
                },
                this::refuse,
                this::fail);
    }

    int refuse(Refusal refusal) {
        if (json) {
            output.out(Json.write(Json.object("event", "refused", "rule", refusal.rule(), "reason", refusal.sentence())));
        } else {
            output.err(refusal.sentence() + " (rule " + refusal.rule() + ")");
        }
        return Exit.REFUSED;
    }

    int fail(String sentence) {
        output.err(sentence);
        return Exit.FAILED;
    }
}
