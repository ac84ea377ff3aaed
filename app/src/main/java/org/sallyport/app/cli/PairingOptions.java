package org.sallyport.app.cli;

import java.time.Duration;
import org.sallyport.app.wiring.Exit;
import picocli.CommandLine.Option;

/** What both sides of a pairing can be told. */
final class PairingOptions {
    @Option(names = "--accept-words", description = "do not ask whether the words are the same; for scripts that compare them themselves")
    private boolean acceptWords;

    @Option(names = "--timeout", paramLabel = "SECONDS",
            description = "give up after this time (default: ${DEFAULT-VALUE}, as long as a code is good)")
    private int timeout = 600;

    boolean acceptWords() {
        return acceptWords;
    }

    Duration timeout() throws CommandFailedException {
        if (timeout < 1) {
            throw new CommandFailedException(Exit.USAGE, "--timeout takes a number of seconds, 1 or more.");
        }
        return Duration.ofSeconds(timeout);
    }
}
