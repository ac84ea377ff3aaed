package org.sallyport.core.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHost;
import org.sallyport.core.transport.NetworkGuard;
import org.sallyport.core.transport.NetworkLoop;
import org.sallyport.core.transport.PairingHandler;
import org.sallyport.core.transport.PairingLink;
import org.sallyport.core.transport.PeerPort;
import org.sallyport.core.transport.TlsAnswer;
import org.sallyport.core.transport.TlsTerms;
import org.sallyport.core.trust.Identity;
import org.sallyport.core.trust.PairingCode;
import org.sallyport.core.trust.PairingOffer;
import org.sallyport.core.trust.PeerTls;
import org.sallyport.core.trust.VerifiedPeer;
import org.sallyport.core.wire.Handshake;

/** Somebody who saw a pairing code, with a key of its own. */
final class PairingIntruder implements AutoCloseable {
    private final NetworkLoop loop = new NetworkLoop();
    private final PeerTls tls;
    private final PeerPort port;
    private final AtomicInteger closed = new AtomicInteger();

    private PairingIntruder(Identity identity) {
        tls = new PeerTls(identity, Clock.systemUTC());
        port = new PeerPort(loop, new Impostor(), new NetworkGuard(loop), TimeUnit.SECONDS.toMillis(10));
    }

    static PairingIntruder in(Path temp) throws Exception {
        return new PairingIntruder(Identity.open(Files.createTempDirectory(temp, "intruder"), Clock.systemUTC()));
    }

    static String someCode() throws Exception {
        Path folder = Files.createTempDirectory("some");
        Identity identity = Identity.open(folder, Clock.systemUTC());
        return PairingOffer.make(identity.id(), List.of(PeerAddress.parse("127.0.0.1:9")), Clock.systemUTC(), new SecureRandom()).code().text();
    }

    /** Answers whoever calls, whatever the name. */
    private final class Impostor implements LinkHost {
        @Override
        public boolean acceptable(InetAddress host, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork) {
            return true;
        }

        @Override
        public Optional<Welcome> welcome(InetAddress host, int remotePort, Handshake theirs) {
            return Optional.empty();
        }

        @Override
        public Optional<TlsAnswer> callerOf(InetAddress host, String serverName) {
            return Optional.of(TlsAnswer.invited(tls, new Silent(false)));
        }
    }

    /** Leaves at once, or never says anything. */
    private final class Silent implements PairingHandler {
        private final boolean leaves;

        Silent(boolean leaves) {
            this.leaves = leaves;
        }

        @Override
        public void opened(PairingLink link, VerifiedPeer peer) {
            if (leaves) {
                link.close(CloseReason.STOPPED);
            }
        }

        @Override
        public void received(byte[] message) { }

        @Override
        public void closed(CloseReason reason) {
            closed.incrementAndGet();
        }
    }

    int closed() {
        return closed.get();
    }

    /** Uses one try of a code for nothing. */
    void knock(String text) throws Exception {
        PairingCode code = PairingCode.parse(text);
        loop.executor().execute(() -> port.dialPairing(code.addresses().get(0), TlsTerms.dialPairing(tls, code), new Silent(true)));
    }

    /** @return the same code, but it leads here */
    String divert(String text) throws Exception {
        PairingCode code = PairingCode.parse(text);
        return new PairingCode(code.id(), code.secret(), List.of(listen())).text();
    }

    private PeerAddress listen() throws IOException {
        return new PeerAddress(InetAddress.getLoopbackAddress(), port.open(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public void close() {
        port.shut();
        loop.close();
    }
}
