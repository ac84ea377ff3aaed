package org.sallyport.core.model;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a peer listens.
 *
 * @param host a resolved address, never a name that would need a lookup
 * @param port 1..65535
 */
public record PeerAddress(InetAddress host, int port) {
    public PeerAddress {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: " + port);
        }
    }

    public static PeerAddress of(InetSocketAddress socket) {
        return new PeerAddress(socket.getAddress(), socket.getPort());
    }

    /**
     * Reads {@code 10.0.0.1:6000} or {@code [::1]:6000}. Names are not looked up.
     *
     * @throws IllegalArgumentException if the text is not a literal address and a port
     */
    public static PeerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not HOST:PORT: " + text);
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String literal = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean looksLiteral = bracketed ? literal.indexOf(':') >= 0 : literal.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        if (!looksLiteral || literal.isEmpty()) {
            throw new IllegalArgumentException("not an IP address: " + host);
        }
        try {
            return new PeerAddress(InetAddress.getByName(literal), Integer.parseInt(text.substring(colon + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address: " + host, e);
        }
    }

    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        String literal = host.getHostAddress();
        return (literal.indexOf(':') >= 0 ? "[" + literal + "]" : literal) + ":" + port;
    }
}
