package org.sallyport.core.engine;

import org.sallyport.core.model.Refusal;
import org.sallyport.core.transport.CloseReason;

/** Why a pairing came to nothing, for a person. */
final class PairingEnds {
    static final Refusal UNREACHABLE = new Refusal("pairing.unreachable", "The other device was not reached. See that Sallyport runs on it with its "
            + "port open, and that both are on the same network, or open the port in its router.");
    static final Refusal NO_ANSWER = new Refusal("pairing.no-answer",
            "The other device does not take this code. It was used, withdrawn or is too old: "
            + "make a new one there. If that does not help, see that the clocks of both devices are right.");
    static final Refusal LOST = new Refusal("pairing.lost", "The connection to the other device ended before both had confirmed. Nothing was paired. "
            + "Make a new code to try again.");
    static final Refusal DIFFERENT = new Refusal("pairing.words-differ", "You said that the words differ: somebody may sit between the two devices. "
            + "Nothing was paired. Try again on a network that you trust.");
    static final Refusal CANCELLED = new Refusal("pairing.cancelled",
            "The pairing was cancelled here. Nothing was paired. Make a new code to try again.");
    static final Refusal EXPIRED = new Refusal("pairing.code-expired",
            "The code was not used in time and is not taken any more. Make a new one to pair.");
    static final Refusal ELSEWHERE = new Refusal("pairing.elsewhere", "The two devices are being paired over another connection.");

    private PairingEnds() { }

    /** @param unanswered this side called, and the other did not show who it is */
    static Refusal of(CloseReason reason, boolean unanswered) {
        return switch (reason.rule()) {
            case "link.unreachable" -> UNREACHABLE;
            // who does not know the code's secret is taken for a stranger, and what strangers get is not TLS
            case "tls.handshake-deadline", "tls.handshake" -> unanswered ? NO_ANSWER : whole(reason);
            case "link.remote", "link.error", "link.stopped" -> unanswered ? NO_ANSWER : LOST;
            default -> whole(reason);
        };
    }

    private static Refusal whole(CloseReason reason) {
        String said = reason.sentence();
        String sentence = Character.toUpperCase(said.charAt(0)) + said.substring(1) + (said.endsWith(".") ? "" : ".");
        return new Refusal(reason.rule(), sentence.contains("Nothing was paired") ? sentence : sentence + " Nothing was paired.");
    }
}
