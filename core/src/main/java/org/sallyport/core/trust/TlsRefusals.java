package org.sallyport.core.trust;

import java.util.List;
import java.util.Locale;
import org.sallyport.core.model.Refusal;

/** Turns a failed handshake into a rule and a sentence. */
final class TlsRefusals {
    static final String ALPN = "tls.alpn";
    static final String ALPN_SENTENCE = "A device did not name the protocol that Sallyport speaks. The connection was closed; "
            + "update Sallyport on that device.";

    private static final Refusal OTHER = new Refusal("tls.handshake",
            "A secure connection could not be set up and was closed. It is tried again by itself.");

    /**
     * What the JDK says and only its text tells: there is no field for the kind of failure. Checked against JDK 17 and 25; a text that changes
     * falls through to {@link #OTHER}, and a test notices.
     */
    private static final List<Saying> SAYINGS = List.of(
            new Saying("protocol_version", "tls.bad-version"),
            new Saying("client supported protocol versions", "tls.bad-version"),
            new Saying("client requested protocol", "tls.bad-version"),
            new Saying("server selected protocol version", "tls.bad-version"),
            new Saying("no_application_protocol", ALPN),
            new Saying("application layer protocol", ALPN),
            new Saying("empty client certificate", "tls.cert-missing"),
            new Saying("received fatal alert", "tls.refused-by-peer"));

    private record Saying(String part, String rule) { }

    private TlsRefusals() { }

    static Refusal of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PinException pin) {
                return pin.refusal();
            }
        }
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return SAYINGS.stream().filter(saying -> text.contains(saying.part())).findFirst()
                .map(saying -> new Refusal(saying.rule(), sentence(saying.rule()))).orElse(OTHER);
    }

    private static String sentence(String rule) {
        return switch (rule) {
            case "tls.bad-version" ->
                    "A device does not speak TLS 1.3, the only version Sallyport uses. The connection was closed; update that device.";
            case "tls.cert-missing" -> "A device did not show a certificate. The connection was closed; nothing was told to it.";
            case "tls.refused-by-peer" -> "The other device closed the secure connection. It may have removed this one: ask, and pair again if so.";
            default -> ALPN_SENTENCE;
        };
    }
}
