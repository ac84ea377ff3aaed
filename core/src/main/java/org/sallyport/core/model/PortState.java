package org.sallyport.core.model;

/**
 * The one door (invariant I1).
 *
 * @param port       the configured TCP port, 0 in receive-only
 * @param sentence   for the status bar, such as "One port: 51413, open" or "Receive only: no port"
 * @param unexpected open sockets of this process, at the last audit, that should not be there; 0 is the good state
 * @param network    the only network interface that is used; empty for any
 */
public record PortState(int port, Kind kind, String sentence, int unexpected, String network) {

    /** BUSY: another program holds the port; nothing else was opened instead. WAITING: the network interface is away, and nothing is open. */
    public enum Kind { OPEN, RECEIVE_ONLY, BUSY, CLOSED, WAITING }

    public PortState(int port, Kind kind, String sentence) {
        this(port, kind, sentence, 0, "");
    }

    public PortState withNetwork(String name) {
        return new PortState(port, kind, sentence, unexpected, name);
    }

    /** The same door after an audit found {@code count} sockets besides it. */
    public PortState withUnexpected(int count) {
        return count == 0 ? this : new PortState(port, kind, sentence + "; " + (count == 1 ? "1 socket is" : count + " sockets are")
                + " open that should not be", count, network);
    }
}
