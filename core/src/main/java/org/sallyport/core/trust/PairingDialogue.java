package org.sallyport.core.trust;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.trust.PairingMessages.Kind;
import org.sallyport.core.trust.PairingMessages.Message;

/**
 * What two devices say to each other inside the pairing connection: who they are, the {@link WordExchange}, their shares of the pair key,
 * and that their people confirmed. Bytes in, bytes out; no socket, no clock. One owner thread. After a {@link RefusedException} it is
 * over: close the connection, keep nothing. Until {@link #result} has a value there is nothing to keep.
 */
public final class PairingDialogue {
    private final boolean initiates;
    private final Bytes otherKey;
    private final DeviceName ownName;
    private final List<PeerAddress> ownAddresses;
    private final WordExchange.Initiator initiator;
    private final WordExchange.Responder responder;
    private final PairShare ownShare;
    private final PairingMessages messages = new PairingMessages();
    private Optional<Kind> awaited;
    private Optional<Partner> partner = Optional.empty();
    private Optional<SafetyWords> words = Optional.empty();
    private boolean confirmedHere;
    private boolean confirmedThere;

    /**
     * The other device, to be added to the {@link DeviceBook}.
     *
     * @param publicKey SubjectPublicKeyInfo (DER)
     * @param name      what it suggests
     */
    public record Partner(Bytes publicKey, DeviceName name, List<PeerAddress> addresses, PairKey pairKey) {
        public Partner {
            addresses = List.copyOf(addresses);
        }

        @Override
        public String toString() {
            return "Partner(" + DeviceId.of(publicKey).shortText() + ")";
        }
    }

    /**
     * @param initiates whether this side connected
     * @param ownKey    {@link Identity#publicKey}
     * @param other     as {@link PeerTls#verify} found it
     * @param addresses where this device listens, at most 8
     */
    public PairingDialogue(boolean initiates, Bytes ownKey, DeviceName name, List<PeerAddress> addresses, VerifiedPeer other, SecureRandom random) {
        this.initiates = initiates;
        this.otherKey = other.publicKey();
        this.ownName = name;
        this.ownAddresses = addresses.stream().distinct().limit(AddressList.MAX).toList();
        this.initiator = new WordExchange.Initiator(ownKey, otherKey, random);
        this.responder = new WordExchange.Responder(ownKey, otherKey, random);
        this.ownShare = PairShare.make(random);
        this.awaited = Optional.of(initiates ? Kind.ANSWER : Kind.COMMIT);
    }

    /** What to send first; nothing on the side that was called. */
    public byte[] start() {
        return initiates ? introduce(Kind.COMMIT, initiator.commitment()) : new byte[0];
    }

    /**
     * Takes what arrived, in pieces of any size.
     *
     * @return what to send now, maybe nothing
     * @throws RefusedException {@code pairing.message}, {@code pairing.reveal}, {@code pairing.rejected}, {@code device-address.*}
     */
    public byte[] receive(byte[] piece) throws RefusedException {
        byte[] toSend = new byte[0];
        for (Message message : messages.receive(piece)) {
            toSend = Hashing.join(toSend, answer(message));
        }
        return toSend;
    }

    /** For both people to compare, once they are known. Two devices that awaited each other's id need not show them. */
    public Optional<SafetyWords> words() {
        return words;
    }

    /** What the other device calls itself, once it is known. */
    public Optional<DeviceName> otherName() {
        return partner.map(Partner::name);
    }

    /** Whether the other side has confirmed; it keeps this device once this side does, too. */
    public boolean isConfirmedThere() {
        return confirmedThere;
    }

    /** The person here says that the words are the same. @return what to send */
    public byte[] confirm() {
        if (words.isEmpty()) {
            throw new IllegalStateException("confirmed before there were words");
        }
        confirmedHere = true;
        return PairingMessages.encode(Kind.CONFIRM);
    }

    /** The person here says that they differ, or gives up. @return what to send before closing */
    public byte[] reject() {
        return PairingMessages.encode(Kind.REJECT);
    }

    /** The paired device, once both people confirmed. */
    public Optional<Partner> result() {
        return confirmedHere && confirmedThere ? partner : Optional.empty();
    }

    private byte[] answer(Message message) throws RefusedException {
        if (message.kind() == Kind.REJECT) {
            throw new RefusedException("pairing.rejected",
                    "The person at the other device said that the words differ, or gave up. Nothing was paired. Make a new code to try again.");
        }
        if (awaited.isEmpty() || awaited.get() != message.kind()) {
            throw PairingMessages.malformed();
        }
        return switch (message.kind()) {
            case COMMIT -> {
                Bytes commitment = meet(message.buffer(), WordExchange.COMMITMENT_LENGTH);
                awaited = Optional.of(Kind.REVEAL);
                yield introduce(Kind.ANSWER, responder.receive(commitment));
            }
            case ANSWER -> {
                words = Optional.of(initiator.receive(meet(message.buffer(), WordExchange.NONCE_LENGTH)));
                awaited = Optional.of(Kind.CONFIRM);
                yield PairingMessages.encode(Kind.REVEAL, initiator.reveal().toArray());
            }
            case REVEAL -> {
                words = Optional.of(responder.open(Bytes.copyOf(message.content())));
                awaited = Optional.of(Kind.CONFIRM);
                yield new byte[0];
            }
            case CONFIRM, REJECT -> {
                if (message.content().length > 0) {
                    throw PairingMessages.malformed();
                }
                confirmedThere = true;
                awaited = Optional.empty();
                yield new byte[0];
            }
        };
    }

    /** Commitment or nonce, share, addresses, name. */
    private byte[] introduce(Kind kind, Bytes first) {
        return PairingMessages.encode(kind, first.toArray(), ownShare.toWire(), AddressList.toBytes(ownAddresses),
                ownName.text().getBytes(StandardCharsets.UTF_8));
    }

    /** The counterpart of {@link #introduce}. @return commitment or nonce */
    private Bytes meet(ByteBuffer content, int length) throws RefusedException {
        Bytes first = Bytes.copyOf(PairingMessages.take(content, length));
        PairShare otherShare = PairShare.fromWire(PairingMessages.take(content, PairShare.LENGTH));
        List<PeerAddress> addresses = new ArrayList<>(AddressList.read(content, PairingMessages::malformed));
        DeviceName otherwise = new DeviceName("Device " + DeviceId.of(otherKey).shortText());
        DeviceName name = DeviceName.suggested(PairingMessages.text(content), otherwise);
        PairKey pairKey = initiates ? PairKey.agree(ownShare, otherShare) : PairKey.agree(otherShare, ownShare);
        partner = Optional.of(new Partner(otherKey, name, addresses, pairKey));
        return first;
    }
}
