package org.sallyport.core.transport;

import javax.net.ssl.SSLException;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.trust.PeerTls;
import org.sallyport.core.wire.WireViolation;

/**
 * Why a connection ended.
 *
 * @param rule     stable id, such as {@code wire.frame-length} or {@code link.remote}
 * @param sentence what happened, continuing "the peer …" or "we …"; whole sentences for rules that begin with {@code tls.}
 */
public record CloseReason(String rule, String sentence) {
    public static final CloseReason REMOTE = new CloseReason("link.remote", "the other side closed the connection");
    public static final CloseReason STOPPED = new CloseReason("link.stopped", "the torrent was stopped");
    public static final CloseReason HANDSHAKE_DEADLINE = new CloseReason("link.handshake-deadline",
            "no BitTorrent handshake came within the deadline");
    public static final CloseReason OTHER_TORRENT = new CloseReason("link.other-torrent", "the other side does not share this torrent");
    public static final CloseReason NOT_READING = new CloseReason("link.not-reading", "the peer does not read what it asked for");

    static CloseReason of(WireViolation violation) {
        return new CloseReason(violation.rule(), "the peer " + violation.getMessage());
    }

    static CloseReason error(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SSLException) {
                Refusal refusal = PeerTls.refusal(each);
                return new CloseReason(refusal.rule(), refusal.sentence());
            }
        }
        return new CloseReason("link.error", "the connection broke: " + cause);
    }
}
