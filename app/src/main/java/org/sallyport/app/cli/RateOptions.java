package org.sallyport.app.cli;

import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;

/** {@code --down} and {@code --up}: understood, but refused as long as the engine has no limits, rather than ignored. */
final class RateOptions {
    private RateOptions() { }

    static void refuse(String option, @Nullable String rate) throws CommandFailedException {
        if (rate == null) {
            return;
        }
        try {
            if (Amounts.parseRate(rate) == 0) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(Exit.USAGE, e.getMessage(), e);
        }
        throw new CommandFailedException(Exit.USAGE, "Bandwidth limits are not supported yet; leave out " + option + " " + rate + ".");
    }
}
