package org.sallyport.core.engine;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.wire.DeviceCodec;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.WireViolation;

/**
 * One link with one paired device, over which no torrent is exchanged: device messages only, no faster than a device needs. Who says more,
 * or something else, is cut off. Network thread only.
 */
final class DeviceTalk implements LinkHandler {
    private static final String CLIENT = "Sallyport 0.1";
    private static final int OUR_ID = 1;
    private static final int REQUEST_QUEUE = 1;
    private static final int MESSAGES_PER_SECOND = 50;
    /** All that a device may have to say at once: its offers, and questions for the parts of the largest metainfo. */
    private static final int MESSAGES_AT_ONCE = 300;
    private static final int BYTES_PER_SECOND = 64 << 10;
    private static final int BYTES_AT_ONCE = 512 << 10;
    /** Answers that come when we have stopped waiting for them. */
    private static final int UNASKED_AT_ONCE = 8;
    private static final double UNASKED_PER_SECOND = 1 / 60.0;
    private static final long KEEP_ALIVE = TimeUnit.SECONDS.toNanos(60);
    private static final long IDLE = TimeUnit.SECONDS.toNanos(150);
    private static final long INTRODUCTION = TimeUnit.SECONDS.toNanos(10);

    /** Rules that only a device breaks that means harm or is out of order. */
    static final Set<String> BREACHES = Set.of("device.message", "device.field", "device.flood", "device.unasked", "device.metainfo",
            "device.catalogue",
            "device.not-a-torrent");
    private static final String FLOOD = "device.flood";
    private static final String TALKATIVE = "says more than a device has to say";

    private final DeviceId device;
    private final Optional<PeerAddress> dialled;
    private final int listenPort;
    private final Owner owner;
    private final DeviceQuestions questions = new DeviceQuestions(this);
    private final long bornNanos = System.nanoTime();
    private final Allowance messages = new Allowance(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE, bornNanos);
    private final Allowance unasked = new Allowance(UNASKED_PER_SECOND, UNASKED_AT_ONCE, bornNanos);
    private final Allowance bytes = new Allowance(BYTES_PER_SECOND, BYTES_AT_ONCE, bornNanos);
    private Optional<PeerLink> link = Optional.empty();
    private int theirId;
    private boolean over;

    /** Hears of one talk. */
    interface Owner {
        /** The connection stands; nothing can be sent yet. */
        void opened(DeviceTalk talk);

        /** The other side listens to device messages. */
        void ready(DeviceTalk talk);

        void heard(DeviceTalk talk, DeviceMessage message) throws WireViolation;

        /** It has ended, or never began; told once. */
        void closed(DeviceTalk talk, CloseReason reason);
    }

    /** @param dialled where we call it; empty when it calls us @param listenPort ours, 0 if none */
    DeviceTalk(DeviceId device, Optional<PeerAddress> dialled, int listenPort, Owner owner) {
        this.device = device;
        this.dialled = dialled;
        this.listenPort = listenPort;
        this.owner = owner;
    }

    DeviceId device() {
        return device;
    }

    Optional<PeerAddress> dialled() {
        return dialled;
    }

    PeerLink link() {
        return link.orElseThrow();
    }

    DeviceQuestions questions() {
        return questions;
    }

    long bornNanos() {
        return bornNanos;
    }

    boolean isOpen() {
        return link.isPresent() && !over;
    }

    boolean isReady() {
        return isOpen() && theirId > 0;
    }

    /** Only when ready; lost otherwise, as on a connection that is about to break. */
    void send(DeviceMessage message) {
        if (isReady()) {
            link().extended(theirId, DeviceCodec.encode(message));
        }
    }

    void close(CloseReason why) {
        link.ifPresent(open -> open.close(why));
    }

    /** Once a second. */
    void tick(long now) {
        if (!isOpen()) {
            return;
        }
        questions.expire(now);
        if (theirId == 0 && now - bornNanos > INTRODUCTION) {
            close(new CloseReason("device.silent", "the device did not say that it knows device messages"));
        } else if (now - link().lastReadNanos() > IDLE) {
            close(new CloseReason("link.idle", "the device was silent for too long"));
        } else if (now - link().lastWriteNanos() > KEEP_ALIVE) {
            link().keepAlive();
        }
    }

    /** An answer to nothing we asked. A few are the ones we stopped waiting for. */
    void unasked() throws WireViolation {
        if (!unasked.take(1, System.nanoTime())) {
            throw new WireViolation("device.unasked", "sent answers to questions that nobody asked");
        }
    }

    @Override
    public void opened(PeerLink newLink, Handshake theirs) {
        link = Optional.of(newLink);
        owner.opened(this);
        if (!theirs.supportsExtensions()) {
            close(new CloseReason("device.extension", "the device does not know device messages"));
        } else {
            newLink.extended(0, new ExtendedHandshake(CLIENT, REQUEST_QUEUE, listenPort, 0, Map.of(DeviceMessage.EXTENSION, OUR_ID)).encode());
        }
    }

    @Override
    public void closed(CloseReason reason) {
        over = true;
        questions.end();
        owner.closed(this, reason);
    }

    @Override
    public void extended(int id, byte[] payload) throws WireViolation {
        Optional<DeviceMessage> message = id == OUR_ID ? DeviceCodec.decode(payload) : Optional.empty();
        if (message.isPresent() && questions.answered(message.get())) {
            return; // what we asked for comes no faster than we ask, so it is not counted
        }
        count(payload.length);
        if (id == 0) {
            introduced(ExtendedHandshake.decode(payload));
        } else if (message.isPresent()) {
            owner.heard(this, message.get());
        }
    }

    private void count(int size) throws WireViolation {
        long now = System.nanoTime();
        if (!messages.take(1, now) || !bytes.take(size, now)) {
            throw new WireViolation(FLOOD, TALKATIVE);
        }
    }

    private void introduced(ExtendedHandshake theirs) throws WireViolation {
        Integer told = theirs.extensions().get(DeviceMessage.EXTENSION);
        if (told == null) {
            throw new WireViolation("device.extension", "does not know device messages");
        }
        boolean first = theirId == 0;
        theirId = told;
        if (first && isOpen()) {
            owner.ready(this);
        }
    }

    @Override
    public void writable() { }

    @Override
    public void turnEnds() { }

    @Override
    public void keepAlive() {
        if (!messages.take(1, System.nanoTime())) {
            close(new CloseReason(FLOOD, "the peer " + TALKATIVE));
        }
    }

    @Override
    public void choke() throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void unchoke() throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void interested() throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void notInterested() throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void have(int piece) throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void bitfield(byte[] bits) throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void request(int piece, int begin, int length) throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void cancel(int piece, int begin, int length) throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void haveAll() throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void haveNone() throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void reject(int piece, int begin, int length) throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void allowedFast(int piece) throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void suggest(int piece) throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void dhtPort(int port) throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public ByteBuffer pieceBegins(int piece, int begin, int length) throws WireViolation {
        throw ofATorrent();
    }

    @Override
    public void pieceEnds() throws WireViolation {
        throw ofATorrent();
    }

    private static WireViolation ofATorrent() {
        return new WireViolation("device.not-a-torrent", "sent a message of a torrent where devices only talk");
    }
}
