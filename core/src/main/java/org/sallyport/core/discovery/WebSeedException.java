package org.sallyport.core.discovery;

import java.time.Duration;
import java.util.Locale;

/** A web server gave not what was asked for; the message is a sentence for a person. */
public final class WebSeedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final Duration wait;

    /** What it means for the next time. */
    public enum Kind {
        /** Try again later. */
        BROKEN,
        /** It said itself when to come again. */
        BUSY,
        /** It has it not, or we do not want to ask it: not again. */
        REFUSED
    }

    WebSeedException(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
        this.wait = Duration.ZERO;
    }

    private WebSeedException(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
        this.wait = Duration.ZERO;
    }

    WebSeedException(Duration wait) {
        super("The web server is busy and asked to come again in " + wait.toSeconds() + " seconds.");
        this.kind = Kind.BUSY;
        this.wait = wait;
    }

    /** The guards that trackers pass speak of trackers; a person reads of web servers here. */
    static WebSeedException of(TrackerException e) {
        String sentence = e.getMessage().replace("tracker", "web server").replace("Tracker", "Web server");
        boolean passing = e.refusal().isEmpty() || e.refusal().get().rule().startsWith("network.");
        return new WebSeedException(passing ? Kind.BROKEN : Kind.REFUSED, sentence, e);
    }

    public Kind kind() {
        return kind;
    }

    /** With {@link Kind#BUSY}: how long to stay away. */
    public Duration pause() {
        return wait;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ": " + getMessage();
    }
}
