package org.sallyport.core.screening;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where clamd listens. What it is sent is not encrypted and it asks for no password, so it is on this computer or not used at all.
 *
 * @param text the absolute path of a Unix socket, or a port of this computer as {@code localhost:3310}, {@code 127.0.0.1:3310}, {@code [::1]:3310}
 */
record ClamdAddress(String text) {
    private static final Pattern PORT = Pattern.compile("(localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]):([1-9][0-9]{0,4})");

    static Optional<ClamdAddress> parse(String text) {
        Matcher port = PORT.matcher(text);
        if (port.matches()) {
            boolean valid = Integer.parseInt(port.group(2)) <= 65_535 && loopback(port.group(1)).isPresent();
            return valid ? Optional.of(new ClamdAddress(text)) : Optional.empty();
        }
        return isAbsolute(text) ? Optional.of(new ClamdAddress(text)) : Optional.empty();
    }

    static ClamdAddress of(Path socket) {
        return new ClamdAddress(socket.toString());
    }

    /** The socket's file; empty for a port. */
    Optional<Path> socket() {
        return PORT.matcher(text).matches() ? Optional.empty() : Optional.of(Path.of(text));
    }

    SocketAddress toSocketAddress() {
        return socket().<SocketAddress>map(UnixDomainSocketAddress::of).orElseGet(() -> {
            int colon = text.lastIndexOf(':');
            return new InetSocketAddress(loopback(text.substring(0, colon)).orElseThrow(), Integer.parseInt(text.substring(colon + 1)));
        });
    }

    private static boolean isAbsolute(String path) {
        try {
            return Path.of(path).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** No name service is asked: a name could be made to mean another computer. */
    private static Optional<InetAddress> loopback(String host) {
        try {
            return Optional.of(host.equals("localhost") ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host))
                    .filter(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
