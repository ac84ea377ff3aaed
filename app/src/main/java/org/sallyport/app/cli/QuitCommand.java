package org.sallyport.app.cli;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.QuitState;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "quit", description = "Ends the running instance and waits until it is gone; or says when it is to end by itself.")
final class QuitCommand implements LibraryCommand {
    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private When when = new When();

    /** At most one of these. */
    static final class When {
        @Option(names = "--when-complete", description = "end when all downloads have ended; returns at once")
        private boolean whenComplete;

        @Option(names = "--hash", paramLabel = "HASH", description = "end when this torrent has ended")
        private @Nullable String hash;

        @Option(names = "--when-shared", description = "end when all is done and has reached its share goal (without one, a ratio of 1)")
        private boolean whenShared;

        @Option(names = "--at", paramLabel = "HH:MM", description = "end at this time of the day")
        private @Nullable LocalTime at;

        @Option(names = "--off", description = "stay open after all")
        private boolean off;

        @Option(names = "--keep-open", description = "stop a countdown that runs: not this time")
        private boolean keepOpen;

        @Option(names = "--show", description = "tell when it ends by itself")
        private boolean show;

        boolean isNow() {
            return !whenComplete && hash == null && !whenShared && at == null && !off && !keepOpen && !show;
        }
    }

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        if (when.isNow()) {
            context.host().quit();
            return Exit.DONE;
        }
        if (when.show) {
            tell(context);
            return Exit.DONE;
        }
        return context.report(when.keepOpen ? context.engine().keepOpen() : context.engine().quitWhen(mode(context)), mode -> tell(context));
    }

    private QuitMode mode(CommandContext context) throws CommandFailedException {
        if (when.hash != null) {
            return new QuitMode.OneDone(HashArgument.find(context.engine().snapshot(), when.hash).hash());
        }
        if (when.at != null) {
            ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
            return new QuitMode.AtTime(next(when.at, now).toInstant());
        }
        return when.whenShared ? QuitMode.SHARED : when.whenComplete ? QuitMode.ALL_DONE : QuitMode.OFF;
    }

    /** The next time it is so late: today or tomorrow. */
    static ZonedDateTime next(LocalTime time, ZonedDateTime now) {
        LocalDate today = now.toLocalDate();
        ZonedDateTime then = today.atTime(time).atZone(now.getZone());
        return then.isAfter(now) ? then : today.plusDays(1).atTime(time).atZone(now.getZone());
    }

    private static void tell(CommandContext context) {
        QuitState state = context.engine().snapshot().quit();
        if (context.json()) {
            context.json(shape(state));
        } else {
            context.out(state.sentence().isEmpty() ? "Sallyport stays open." : state.sentence());
        }
    }

    static Map<String, Object> shape(QuitState state) {
        return Json.object("mode", Words.camelCase(state.mode().kind()), "state", Words.camelCase(state.kind()),
                "hash", state.mode().torrent().<Object>map(hash -> hash.hex()).orElse(Json.NULL),
                "at", state.mode().time().<Object>map(Object::toString).orElse(Json.NULL),
                "secondsLeft", state.secondsLeft() < 0 ? Json.NULL : state.secondsLeft(), "finished", state.finished(),
                "unfinished", state.unfinished().stream().map(u -> Json.object("name", u.name(), "reason", u.reason())).toList(),
                "sentence", state.sentence());
    }

    @Override
    public boolean endsInstance() {
        return when.isNow();
    }
}
