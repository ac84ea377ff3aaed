package org.sallyport.core.model;

/**
 * The one door (invariant I1).
 *
 * @param port     the configured TCP port, 0 in receive-only
 * @param sentence for the status bar, such as "One port: 51413, open" or "Receive only: no port"
 */
public record PortState(int port, Kind kind, String sentence) {

    /** BUSY: another program holds the port; nothing else was opened instead. */
    public enum Kind { OPEN, RECEIVE_ONLY, BUSY, CLOSED }
}
