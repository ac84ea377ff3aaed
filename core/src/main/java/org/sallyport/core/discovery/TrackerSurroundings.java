package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.sallyport.core.transport.Outlet;
import org.sallyport.core.trust.NativeCrypto;

/**
 * What a tracker client stands on. Tests give names of their own and a short deadline; the program takes {@link #of}.
 *
 * @param sockets  makes each connection
 * @param tls      which certificates are trusted, asked for at the first HTTPS question: to read those of the JDK takes longer than
 *                 all else a start does; host names are checked whatever it says (invariant I4)
 * @param deadline for one question with all its redirects; @param connect for one connection
 */
record TrackerSurroundings(
        NameLookup.Names names, Function<InetAddress, AddressScope> scopes, Supplier<SSLContext> tls, Duration deadline, Duration connect,
        Supplier<Socket> sockets) {

    /** On any network. */
    TrackerSurroundings(NameLookup.Names names, Function<InetAddress, AddressScope> scopes, SSLContext tls, Duration deadline, Duration connect) {
        this(names, scopes, () -> tls, deadline, connect, () -> new Socket(Proxy.NO_PROXY));
    }

    /** Names and connections by the way that traffic may take, the JDK's trusted certificates, 30 s in all, 10 s to connect. */
    static TrackerSurroundings of(Outlet outlet) {
        return new TrackerSurroundings(new GuardedNames(outlet), AddressScope::of, TrackerSurroundings::tlsOfThisJdk,
                Duration.ofSeconds(30), Duration.ofSeconds(10), outlet::socket);
    }

    /** Made once for the whole program. */
    private static SSLContext tlsOfThisJdk() {
        if (NativeCrypto.isReady()) {
            NativeCrypto.prefer(); // the launcher has left the cipher to it: nothing would optimise the JDK's
        }
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }
}
