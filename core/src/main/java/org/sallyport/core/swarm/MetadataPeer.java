package org.sallyport.core.swarm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.MetadataMessage;
import org.sallyport.core.wire.PeerNames;
import org.sallyport.core.wire.QuietSink;
import org.sallyport.core.wire.WireViolation;

/**
 * One peer of a search for metadata (BEP 9). It gives the whole dictionary or nothing of it counts: so it is known who lied.
 * What else it says is for a torrent that is not known yet, and passed over within the bounds of a frame. Network thread only.
 */
final class MetadataPeer implements LinkHandler, QuietSink, Contacts.Party {
    /** Our number for the extension: what the others put on their messages. */
    private static final int OUR_ID = 1;
    private static final int ASKED_AHEAD = 4;
    private static final int MAX_UNASKED = 16;
    private static final int MAX_EXTENDED_HANDSHAKES = 10;
    private static final long QUIET = TimeUnit.SECONDS.toNanos(20);
    private static final long STALLED = TimeUnit.SECONDS.toNanos(15);
    /** From the first question on, for all of it. */
    private static final long WHOLE = TimeUnit.SECONDS.toNanos(60);

    private static final CloseReason HAS_NONE = new CloseReason("metadata.none", "the peer does not have the list of files either");
    private static final CloseReason TOO_LARGE = new CloseReason("metadata.too-large", "the peer says that the list of files is larger than 8 MiB");
    private static final CloseReason REFUSED = new CloseReason("metadata.rejected", "the peer does not give the list of files");
    private static final CloseReason SLOW = new CloseReason("metadata.slow", "the peer did not give the list of files in time");

    private final MetadataSwarm swarm;
    /** Where we dialled it, or where it dialled from; replaced by the port it says it listens on. */
    private PeerAddress address;
    private PeerLink link;
    private Bytes peerId = Bytes.EMPTY;
    private String client = "";
    private boolean opened;
    private long openedNanos;
    private int extendedHandshakes;
    private int theirId;
    private int size;

    private boolean asked;
    private long askedNanos;
    private long lastPieceNanos;
    private int next;
    private final BitSet awaited = new BitSet();
    private byte[][] pieces = new byte[0][];
    private int arrived;
    private int unasked;

    MetadataPeer(MetadataSwarm swarm, PeerAddress address) {
        this.swarm = swarm;
        this.address = address;
    }

    @Override
    public void opened(PeerLink newLink, Handshake theirs) {
        link = newLink;
        peerId = theirs.peerId();
        client = PeerNames.fromPeerId(peerId);
        opened = true;
        openedNanos = System.nanoTime();
        swarm.opened(this, theirs);
    }

    /** Tells that we have nothing, and what we want. */
    void introduce(String ownClient, int listenPort, boolean fast) {
        link.extended(0, new ExtendedHandshake(ownClient, Uploads.ADVERTISED_QUEUE, listenPort, 0,
                Map.of(MetadataMessage.EXTENSION, OUR_ID)).encode());
        if (fast) {
            link.haveNone(); // BEP 6: one of the three is due
        }
    }

    @Override
    public void extended(int id, byte[] payload) throws WireViolation {
        if (id == 0) {
            introduced(ExtendedHandshake.decode(payload));
        } else if (id == OUR_ID) {
            var message = MetadataMessage.decode(payload);
            if (message.isPresent()) {
                heard(message.get());
            }
        }
    }

    private void introduced(ExtendedHandshake theirs) throws WireViolation {
        if (++extendedHandshakes > MAX_EXTENDED_HANDSHAKES) {
            throw new WireViolation("wire.extended-flood", "sent its extended handshake again and again");
        }
        if (!theirs.client().isEmpty()) {
            client = theirs.client();
        }
        if (theirs.port() > 0 && link.incoming() && extendedHandshakes == 1) {
            address = new PeerAddress(address.host(), theirs.port());
            swarm.learned(this);
        }
        if (asked) {
            return; // what was begun is brought to its end
        }
        theirId = theirs.extensions().getOrDefault(MetadataMessage.EXTENSION, theirId);
        size = theirs.metadataSize() > 0 ? theirs.metadataSize() : size;
        if (size > MetadataMessage.MAX_SIZE) {
            link.close(TOO_LARGE);
        } else if (ready()) {
            swarm.askMore();
        }
    }

    private void heard(MetadataMessage message) throws WireViolation {
        switch (message.kind()) {
            case REQUEST -> {
                if (theirId > 0) {
                    link.extended(theirId, MetadataMessage.reject(message.piece()).encode());
                }
            }
            case REJECT -> link.close(REFUSED);
            case DATA -> take(message);
        }
    }

    private void take(MetadataMessage message) throws WireViolation {
        if (!awaited.get(message.piece())) {
            if (++unasked > MAX_UNASKED) {
                throw new WireViolation("wire.unasked-metadata", "sent parts of the list of files that nobody asked it for");
            }
            return;
        }
        boolean sized = message.totalSize() == 0 || message.totalSize() == size;
        if (!sized || message.data().length() != MetadataMessage.pieceBytes(size, message.piece())) {
            throw new WireViolation("wire.metadata-size", "sent a list of files of another size than it had told");
        }
        awaited.clear(message.piece());
        pieces[message.piece()] = message.data().toArray();
        lastPieceNanos = System.nanoTime();
        if (++arrived == pieces.length) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream(size);
            Arrays.stream(pieces).forEach(whole::writeBytes);
            pieces = new byte[0][];
            swarm.gave(this, whole.toByteArray());
        } else {
            askAhead();
        }
    }

    /** Whether it says that it has it, and was not asked yet. */
    boolean ready() {
        return opened && !asked && theirId > 0 && size > 0 && link.open();
    }

    /** Asks it for everything. */
    void ask(long now) {
        asked = true;
        askedNanos = now;
        lastPieceNanos = now;
        pieces = new byte[MetadataMessage.pieces(size)][];
        askAhead();
    }

    private void askAhead() {
        while (next < pieces.length && awaited.cardinality() < ASKED_AHEAD) {
            awaited.set(next);
            link.extended(theirId, MetadataMessage.request(next).encode());
            next++;
        }
    }

    /** Once a second. */
    void tend(long now) {
        boolean waits = asked && arrived < MetadataMessage.pieces(size);
        if (waits && (now - lastPieceNanos > STALLED || now - askedNanos > WHOLE)) {
            link.close(SLOW);
        } else if (!asked && !ready() && now - openedNanos > QUIET) {
            link.close(HAS_NONE);
        }
    }

    boolean asked() {
        return asked;
    }

    /** Of the dictionary, as it says; 0 when it did not. */
    int size() {
        return size;
    }

    String client() {
        return client;
    }

    /** Share of the dictionary it has given, 0..1. */
    double progress() {
        return size == 0 ? 0 : (double) arrived / MetadataMessage.pieces(size);
    }

    @Override
    public void closed(CloseReason reason) {
        pieces = new byte[0][];
        swarm.closed(this, reason);
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    @Override
    public boolean isOpen() {
        return opened;
    }

    @Override
    public PeerLink link() {
        return link;
    }

    @Override
    public Bytes peerId() {
        return peerId;
    }

    @Override
    public ByteBuffer pieceBegins(int piece, int begin, int length) throws WireViolation {
        if (++unasked > MAX_UNASKED) {
            throw new WireViolation("wire.unasked-blocks", "sent blocks that nobody asked it for");
        }
        return DISCARD;
    }

    @Override
    public void writable() { }

    @Override
    public void turnEnds() { }
}
