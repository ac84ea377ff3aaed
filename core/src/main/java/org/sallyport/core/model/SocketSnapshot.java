package org.sallyport.core.model;

/**
 * One socket of this process.
 *
 * @param protocol as the system names it: {@code tcp}, {@code tcp6}, {@code udp}, {@code udp6}, {@code unix}, {@code raw}, {@code packet},
 * {@code other}
 * @param address  local address; the path of a Unix socket; empty when it has none
 * @param port     local port, 0 when there is none
 * @param owner    what it is for, for a person
 * @param expected false for one that strangers can reach and that is not the one port (invariant I1)
 */
public record SocketSnapshot(String protocol, String address, int port, State state, String owner, boolean expected) {

    /** LISTENING: takes connections, or datagrams from anybody. */
    public enum State { LISTENING, CONNECTED, CLOSING, LOCAL }
}
