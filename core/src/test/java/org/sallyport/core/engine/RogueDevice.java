package org.sallyport.core.engine;

import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkHost;
import org.sallyport.core.transport.NetworkGuard;
import org.sallyport.core.transport.NetworkLoop;
import org.sallyport.core.transport.PairingHandler;
import org.sallyport.core.transport.PairingLink;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.transport.PeerPort;
import org.sallyport.core.transport.TlsTerms;
import org.sallyport.core.trust.AwaitedDevice;
import org.sallyport.core.trust.DeviceBook;
import org.sallyport.core.trust.Identity;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.trust.PeerTls;
import org.sallyport.core.trust.VerifiedPeer;
import org.sallyport.core.wire.DeviceCodec;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.QuietSink;
import org.sallyport.core.wire.WireViolation;

/** A paired device that says what a test wants: it has the right key and no manners. */
final class RogueDevice implements AutoCloseable {
    private static final int ID = 7;
    private static final long HANDSHAKE_MILLIS = 10_000;

    private final NetworkLoop loop = new NetworkLoop();
    private final PeerPort port = new PeerPort(loop, new Nobody(), new NetworkGuard(loop), HANDSHAKE_MILLIS);
    private final PeerTls tls;
    private final PairedDevice victim;
    private final List<DeviceMessage> heard = new CopyOnWriteArrayList<>();
    private volatile BiConsumer<RogueDevice, DeviceMessage> replies = (self, message) -> { };
    private volatile Optional<PeerLink> link = Optional.empty();
    private volatile Optional<CloseReason> end = Optional.empty();
    private volatile int theirId;

    /** Lets nobody in. */
    private static final class Nobody implements LinkHost {
        @Override
        public boolean acceptable(InetAddress host, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork) {
            return false;
        }

        @Override
        public Optional<Welcome> welcome(InetAddress host, int port, Handshake theirs) {
            return Optional.empty();
        }
    }

    /** @param directory of the device it plays, which knows only one other */
    RogueDevice(Path directory) throws Exception {
        try (DataDirectory data = DataDirectory.open(directory); StateDatabase database = StateDatabase.open(data.databaseFile())) {
            Identity identity = Identity.open(data.keyFolder(), Clock.systemUTC());
            tls = new PeerTls(identity, Clock.systemUTC());
            victim = DeviceBook.open(database, identity, data.keyFolder(), Clock.systemUTC()).devices().get(0);
        }
    }

    /** Answers messages of the other side, on the network thread. */
    RogueDevice replying(BiConsumer<RogueDevice, DeviceMessage> how) {
        replies = how;
        return this;
    }

    /** Calls until both sides know device messages. */
    RogueDevice call(PeerAddress at) {
        for (int tries = 0; tries < 3 && (theirId == 0 || end.isPresent()); tries++) {
            link = Optional.empty();
            end = Optional.empty();
            theirId = 0;
            loop.executor().execute(() -> port.dialTls(at, TlsTerms.dial(tls, victim),
                    Handshake.ours(DeviceMessage.CHANNEL, RawPeer.peerId("rogue")), 0, new Ears()));
            await().atMost(TestEngines.SOON).until(() -> theirId > 0 || end.isPresent());
        }
        return this;
    }

    /** Comes to a torrent. @return why that connection ended, once it has */
    AtomicReference<Optional<CloseReason>> join(PeerAddress at, InfoHash torrent, int pieces, String peerId) {
        AtomicReference<Optional<CloseReason>> ended = new AtomicReference<>(Optional.empty());
        Handshake ours = Handshake.ours(torrent, RawPeer.peerId(peerId));
        loop.executor().execute(() -> port.dialTls(at, TlsTerms.dial(tls, victim), ours, pieces, new Ears() {
            @Override
            public void opened(PeerLink opened, Handshake theirs) { }

            @Override
            public void extended(int id, byte[] payload) { }

            @Override
            public void closed(CloseReason reason) {
                ended.set(Optional.of(reason));
            }
        }));
        return ended;
    }

    /** Calls as if it still had to be paired, and says nothing then. @return whether it was answered */
    boolean knock(PeerAddress at) {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        AwaitedDevice stranger = new AwaitedDevice(victim.id(), victim.name(), List.of(), victim.addedAt());
        loop.executor().execute(() -> port.dialPairing(at, TlsTerms.dialAwaited(tls, stranger), new PairingHandler() {
            @Override
            public void opened(PairingLink opened, VerifiedPeer peer) {
                answered.complete(true);
            }

            @Override
            public void received(byte[] message) { }

            @Override
            public void closed(CloseReason reason) {
                answered.complete(false);
            }
        }));
        return answered.orTimeout(TestEngines.SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    List<DeviceMessage> heard() {
        return heard;
    }

    void say(DeviceMessage message) {
        say(theirId, DeviceCodec.encode(message));
    }

    void say(int id, byte[] payload) {
        with(open -> open.extended(id, payload));
    }

    void with(Consumer<PeerLink> what) {
        loop.executor().execute(() -> link.ifPresent(what));
    }

    void awaitCutOff() {
        await("to be cut off").atMost(TestEngines.SOON).until(() -> end.isPresent());
    }

    boolean isCutOff() {
        return end.isPresent();
    }

    @Override
    public void close() {
        with(open -> open.close(CloseReason.STOPPED));
        loop.close();
    }

    private class Ears implements LinkHandler, QuietSink {
        @Override
        public void opened(PeerLink opened, Handshake theirs) {
            link = Optional.of(opened);
            opened.extended(0, new ExtendedHandshake("Rogue", 1, 0, 0, Map.of(DeviceMessage.EXTENSION, ID)).encode());
        }

        @Override
        public void extended(int id, byte[] payload) throws WireViolation {
            if (id == 0) {
                theirId = ExtendedHandshake.decode(payload).extensions().get(DeviceMessage.EXTENSION);
            } else {
                DeviceMessage message = DeviceCodec.decode(payload).orElseThrow();
                heard.add(message);
                replies.accept(RogueDevice.this, message);
            }
        }

        @Override
        public void closed(CloseReason reason) {
            end = Optional.of(reason);
        }

        @Override
        public void writable() { }

        @Override
        public void turnEnds() { }

        @Override
        public ByteBuffer pieceBegins(int piece, int begin, int length) {
            return DISCARD;
        }
    }
}
