package org.sallyport.core.transport;

/**
 * Why a connection ended.
 *
 * @param rule     stable id, such as {@code wire.frame-length} or {@code link.remote}
 * @param sentence what happened, continuing "the peer …" or "we …"
 */
public record CloseReason(String rule, String sentence) {
    public static final CloseReason REMOTE = new CloseReason("link.remote", "the other side closed the connection");
    public static final CloseReason STOPPED = new CloseReason("link.stopped", "the torrent was stopped");
    public static final CloseReason HANDSHAKE_DEADLINE = new CloseReason("link.handshake-deadline", "no BitTorrent handshake came within the deadline");
    public static final CloseReason OTHER_TORRENT = new CloseReason("link.other-torrent", "the other side does not share this torrent");
    public static final CloseReason NOT_READING = new CloseReason("link.not-reading", "the peer does not read what it asked for");

    static CloseReason error(Throwable cause) {
        return new CloseReason("link.error", "the connection broke: " + cause);
    }
}
