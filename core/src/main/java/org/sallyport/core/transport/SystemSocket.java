package org.sallyport.core.transport;

import java.util.Set;

/**
 * A socket of this process as the kernel lists it.
 *
 * @param protocol {@code tcp}, {@code tcp6}, {@code udp}, {@code udp6}, {@code udplite}, {@code udplite6}, {@code raw}, {@code raw6},
 *                 {@code unix}, {@code packet}; {@code other} when no table has it, thus without an address
 * @param address  local address or path; empty when there is none
 * @param port     local port; for a raw socket the IP protocol number
 * @param state    {@code st} of proc(5) in hex; empty where a table has none
 * @param inode    names the socket for as long as it lives
 */
public record SystemSocket(String protocol, String address, int port, String state, String inode) {
    private static final Set<String> DATAGRAMS = Set.of("udp", "udp6", "udplite", "udplite6");
    private static final Set<String> BELOW_PORTS = Set.of("raw", "raw6", "packet");
    private static final String ESTABLISHED = "01";
    private static final String TCP_LISTEN = "0A";
    private static final String UNCONNECTED = "07";

    private boolean isTcp() {
        return protocol.startsWith("tcp");
    }

    /** Strangers can send to it: listening TCP, unconnected UDP, anything below ports. */
    public boolean isOpenToStrangers() {
        return isTcp() ? state.equals(TCP_LISTEN)
                : DATAGRAMS.contains(protocol) ? state.equals(UNCONNECTED) : BELOW_PORTS.contains(protocol);
    }

    /** It has a partner on the network. */
    public boolean isConnected() {
        return (isTcp() || DATAGRAMS.contains(protocol)) && state.equals(ESTABLISHED);
    }

    /** It cannot leave this computer. */
    public boolean isLocal() {
        return !isTcp() && !DATAGRAMS.contains(protocol) && !BELOW_PORTS.contains(protocol);
    }
}
