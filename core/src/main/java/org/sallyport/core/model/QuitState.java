package org.sallyport.core.model;

import java.util.List;

/**
 * Whether and when the program ends by itself.
 *
 * @param secondsLeft until it ends, rounded up; −1 outside of the countdown
 * @param finished    names of what was downloaded in this run and is done, at most 100; empty outside of the countdown
 * @param unfinished  what is not done, with the reason, at most 100; empty outside of the countdown
 * @param sentence    all this in plain words; empty when it stays open
 * @param last        why the run before ended by itself; empty when it did not
 */
public record QuitState(
        QuitMode mode, Kind kind, long secondsLeft, List<String> finished, List<Unfinished> unfinished, String sentence, String last) {
    public static final QuitState NONE = new QuitState(QuitMode.OFF, Kind.OFF, -1, List.of(), List.of(), "", "");

    /** WAITING: something has not ended, or only just has; QUITTING: the countdown is over and the program is closing. */
    public enum Kind { OFF, WAITING, COUNTDOWN, QUITTING }

    /** A torrent that is not done when the program ends. @param reason such as "stopped" or a sentence about its trouble */
    public record Unfinished(String name, String reason) { }

    public QuitState {
        finished = List.copyOf(finished);
        unfinished = List.copyOf(unfinished);
    }

    public QuitState withLast(String value) {
        return new QuitState(mode, kind, secondsLeft, finished, unfinished, sentence, value);
    }
}
