package org.sallyport.core.model;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where a peer listens.
 *
 * @param host a resolved address, never a name that would need a lookup
 * @param port 1..65535
 */
public record PeerAddress(InetAddress host, int port) {
    /** Six groups, an IPv4 address, brackets and a port take 53; the patterns take long for what is very long. */
    private static final int MAX_CHARS = 64;
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]");

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
        if (text.length() > MAX_CHARS) {
            throw new IllegalArgumentException("not HOST:PORT: " + text.length() + " characters");
        }
        if (colon < 1) {
            throw new IllegalArgumentException("not HOST:PORT: " + text);
        }
        String host = text.substring(0, colon);
        if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            throw new IllegalArgumentException("not an IP address: " + host);
        }
        try {
            // never a look-up: dotted numbers and bracketed addresses are read as they are, or not at all
            return new PeerAddress(InetAddress.getByName(host), Integer.parseInt(text.substring(colon + 1)));
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
