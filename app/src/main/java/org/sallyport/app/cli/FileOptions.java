package org.sallyport.app.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.model.Intent;
import picocli.CommandLine.Option;

/** What a torrent is added for, and what becomes of files with risky names. */
final class FileOptions {
    @Option(names = "--intent", paramLabel = "KIND", description = "only files of this kind: video, music, pictures, documents, software or anything "
            + "(default: the one in the settings)")
    private @Nullable String intent;

    @Option(names = "--accept-risky", description = "programs and other risky names are wanted; 'inspect' shows which there are")
    private boolean accept;

    @Option(names = "--skip-risky", description = "leave files with risky names out and fetch the rest")
    private boolean skip;

    /** Before anything is started. */
    void check() throws CommandFailedException {
        if (accept && skip) {
            throw new CommandFailedException(Exit.USAGE, "Give either --accept-risky or --skip-risky.");
        }
        chosen();
    }

    /** @param usual the one of the settings */
    AddRequest in(AddRequest request, Intent usual) throws CommandFailedException {
        return request.withIntent(intent(usual))
                .withRisky(accept ? AddRequest.Risky.ACCEPT : skip ? AddRequest.Risky.SKIP : AddRequest.Risky.REFUSE);
    }

    /** @param usual the one of the settings */
    Intent intent(Intent usual) throws CommandFailedException {
        return chosen().orElse(usual);
    }

    private Optional<Intent> chosen() throws CommandFailedException {
        if (intent == null) {
            return Optional.empty();
        }
        for (Intent each : Intent.values()) {
            if (Words.plain(each).equals(intent.toLowerCase(Locale.ROOT))) {
                return Optional.of(each);
            }
        }
        throw new CommandFailedException(Exit.USAGE, "'" + intent + "' is no intent. It is one of "
                + Arrays.stream(Intent.values()).map(Words::plain).collect(Collectors.joining(", ")) + ".");
    }

    /** What tells one choice from another. */
    List<String> words() {
        return intent == null && !accept && !skip ? List.of() : List.of("intent=" + intent, "risky=" + accept + skip);
    }
}
