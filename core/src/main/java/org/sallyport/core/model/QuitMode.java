package org.sallyport.core.model;

import java.time.Instant;
import java.util.Optional;

/** When the program is to end by itself. What was stopped, removed or failed has ended, and is not waited for. */
public sealed interface QuitMode permits QuitMode.Off, QuitMode.AllDone, QuitMode.OneDone, QuitMode.Shared, QuitMode.AtTime {
    QuitMode OFF = new Off();
    QuitMode ALL_DONE = new AllDone();
    QuitMode SHARED = new Shared();

    /** What decides about the end. */
    enum Kind { OFF, ALL_DONE, ONE_DONE, SHARED, AT_TIME }

    Kind kind();

    /** The one torrent that is waited for; empty in every other mode. */
    default Optional<InfoHash> torrent() {
        return Optional.empty();
    }

    /** When it ends; empty in every mode but {@link AtTime}. */
    default Optional<Instant> time() {
        return Optional.empty();
    }

    /** It stays open. */
    record Off() implements QuitMode {
        @Override
        public Kind kind() {
            return Kind.OFF;
        }
    }

    /** All downloads have ended; what is complete may still be offered to others. */
    record AllDone() implements QuitMode {
        @Override
        public Kind kind() {
            return Kind.ALL_DONE;
        }
    }

    /** This one has ended or is not on the list any more; others go on at the next start. */
    record OneDone(InfoHash hash) implements QuitMode {
        @Override
        public Kind kind() {
            return Kind.ONE_DONE;
        }

        @Override
        public Optional<InfoHash> torrent() {
            return Optional.of(hash);
        }
    }

    /** All downloads have ended and all that is offered has reached its share goal; one without a goal, a ratio of 1. */
    record Shared() implements QuitMode {
        @Override
        public Kind kind() {
            return Kind.SHARED;
        }
    }

    /** At this time, whatever has not ended then; it goes on at the next start. */
    record AtTime(Instant at) implements QuitMode {
        @Override
        public Kind kind() {
            return Kind.AT_TIME;
        }

        @Override
        public Optional<Instant> time() {
            return Optional.of(at);
        }
    }
}
