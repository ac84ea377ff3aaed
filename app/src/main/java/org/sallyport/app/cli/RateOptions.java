package org.sallyport.app.cli;

import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.settings.Settings.Rates;
import picocli.CommandLine.Option;

/** {@code --down} and {@code --up} of a foreground command: for this run only. */
final class RateOptions {
    private static final long LEAST = 1L << 10;
    private static final long MOST = 10L << 30;

    @Option(names = "--down", paramLabel = "RATE",
            description = "receive no faster than this in this run, from computers of the own network neither, "
            + "such as 500K or 1.5MiB a second (default: what the settings say)")
    private @Nullable String down;

    @Option(names = "--up", paramLabel = "RATE", description = "send no faster than this in this run")
    private @Nullable String up;

    /** @throws CommandFailedException if one is no rate */
    void check() throws CommandFailedException {
        rates();
    }

    EngineOptions in(EngineOptions options) throws CommandFailedException {
        return options.withRates(rates());
    }

    private Rates rates() throws CommandFailedException {
        return new Rates(down == null ? 0 : parse("--down", down), up == null ? 0 : parse("--up", up));
    }

    /** @throws CommandFailedException if it is no rate that the settings take */
    static long parse(String option, String text) throws CommandFailedException {
        long rate;
        try {
            rate = Amounts.parseRate(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(Exit.USAGE, e.getMessage(), e);
        }
        if (rate != 0 && (rate < LEAST || rate > MOST)) {
            throw new CommandFailedException(Exit.USAGE, option + " takes 0 for no limit, or a rate from 1K to 10G (bytes per second); "
                    + text + " is not in that range.");
        }
        return rate;
    }
}
