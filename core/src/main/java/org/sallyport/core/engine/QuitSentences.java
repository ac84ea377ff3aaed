package org.sallyport.core.engine;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.QuitState;

/** Says in plain words when the program ends, and why it did. */
final class QuitSentences {
    private static final int MOST_NAMED = 5;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH);

    private QuitSentences() { }

    /** @param left how many torrents hold it up @param armed false while there was nothing to wait for yet */
    static String waiting(QuitMode mode, List<QuitFacts> torrents, long left, boolean armed) {
        return switch (mode.kind()) {
            case OFF -> "";
            case ALL_DONE -> "Sallyport quits when all downloads are done"
                    + (armed ? ": " + left + (left == 1 ? " is not yet." : " are not yet.") : ", from the next one on.");
            case ONE_DONE -> "Sallyport quits when " + nameOf(mode, torrents) + " is done.";
            case SHARED -> "Sallyport quits when everything is done and shared as much as was asked"
                    + (armed ? ": " + left + " to go." : ", from the next download on.");
            case AT_TIME -> "Sallyport quits at " + mode.time().map(at -> CLOCK.format(at.atZone(ZoneId.systemDefault()))).orElse("") + ".";
        };
    }

    private static String nameOf(QuitMode mode, List<QuitFacts> torrents) {
        return torrents.stream().filter(t -> mode.torrent().filter(t.hash()::equals).isPresent()).findFirst().map(t -> quoted(t.name()))
                .orElse("the download");
    }

    static String settling(QuitMode mode) {
        return why(mode) + ". Sallyport quits soon, unless something changes.";
    }

    static String countdown(long seconds, List<String> finished, List<QuitState.Unfinished> unfinished) {
        return "Sallyport quits " + (seconds == 0 ? "now." : "in " + seconds + " s.") + report(finished, unfinished);
    }

    /** For the next start. */
    static String last(QuitState state, Instant at) {
        return "Sallyport quit by itself on " + DAY.format(at.atZone(ZoneId.systemDefault())) + ": " + lower(why(state.mode())) + "."
                + report(state.finished(), state.unfinished());
    }

    private static String why(QuitMode mode) {
        return switch (mode.kind()) {
            case OFF -> "";
            case ALL_DONE -> "All downloads have ended";
            case ONE_DONE -> "The download it waited for has ended";
            case SHARED -> "Everything is done and shared";
            case AT_TIME -> "The time has come";
        };
    }

    private static String lower(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String report(List<String> finished, List<QuitState.Unfinished> unfinished) {
        List<String> done = finished.stream().map(QuitSentences::quoted).toList();
        List<String> open = unfinished.stream().map(u -> quoted(u.name()) + " (" + u.reason().replaceFirst("\\.$", "") + ")").toList();
        return (done.isEmpty() ? "" : " Done: " + few(done) + ".") + (open.isEmpty() ? "" : " Not done: " + few(open) + ".");
    }

    private static String few(List<String> names) {
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(MOST_NAMED, names.size())));
        if (names.size() > MOST_NAMED) {
            shown.add("and " + (names.size() - MOST_NAMED) + " more");
        }
        return String.join(", ", shown);
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }
}
