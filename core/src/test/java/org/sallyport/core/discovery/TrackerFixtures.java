package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/** What the tests of this package ask, and where they stand. */
final class TrackerFixtures {
    static final InfoHash HASH = InfoHash.parse("00ff20257e2d5f61417a2f2b26252bd00ffe0102");
    static final Bytes PEER_ID = Bytes.copyOf("-SY0100-012345678901".getBytes(StandardCharsets.ISO_8859_1));
    static final SourceGate OPEN_GATE = (hash, url, resolved) -> Optional.empty();

    private TrackerFixtures() { }

    static AnnounceRequest request() {
        return new AnnounceRequest(HASH, PEER_ID, 6881, 0, 0, 100, AnnounceEvent.STARTED, 200, Bytes.copyOf(new byte[] {1, 2, 3, 4}));
    }

    static TrackerClient client() {
        return client(OPEN_GATE);
    }

    static TrackerClient client(SourceGate gate) {
        return client(gate, InetAddress::getAllByName, AddressScope::of);
    }

    static TrackerClient client(SourceGate gate, NameLookup.Names names, Function<InetAddress, AddressScope> scopes) {
        return new TrackerClient(gate, "Sallyport/0.1",
                new TrackerSurroundings(names, scopes, systemTls(), Duration.ofSeconds(30), Duration.ofSeconds(10)));
    }

    static TrackerClient clientWithin(Duration deadline) {
        return new TrackerClient(OPEN_GATE, "Sallyport/0.1",
                new TrackerSurroundings(InetAddress::getAllByName, AddressScope::of, systemTls(), deadline, Duration.ofSeconds(10)));
    }

    static SSLContext systemTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static TrackerException failure(ThrowingCallable call) {
        TrackerException thrown = catchThrowableOfType(TrackerException.class, call);
        if (thrown == null) {
            throw new AssertionError("no TrackerException");
        }
        return thrown;
    }

    /** The rule id of the refusal {@code call} ends with; "none" for a failure without one. */
    static String rule(ThrowingCallable call) {
        return failure(call).refusal().map(r -> r.rule()).orElse("none");
    }
}
