package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * What a tracker client stands on. Tests give names of their own and a short deadline; the program takes {@link #system()}.
 *
 * @param tls      which certificates are trusted; host names are checked whatever it says (invariant I4)
 * @param deadline for one question with all its redirects; @param connect for one connection
 */
record TrackerSurroundings(
        NameLookup.Names names, Function<InetAddress, AddressScope> scopes, SSLContext tls, Duration deadline, Duration connect) {

    /** The system's names, the JDK's trusted certificates, 30 s in all, 10 s to connect. */
    static TrackerSurroundings system() {
        try {
            return new TrackerSurroundings(InetAddress::getAllByName, AddressScope::of, SSLContext.getDefault(),
                    Duration.ofSeconds(30), Duration.ofSeconds(10));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }
}
