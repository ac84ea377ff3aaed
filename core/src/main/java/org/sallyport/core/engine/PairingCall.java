package org.sallyport.core.engine;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.PairingHandler;
import org.sallyport.core.transport.PairingLink;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.DeviceName;
import org.sallyport.core.trust.Identity;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.trust.PairingDialogue;
import org.sallyport.core.trust.SafetyWords;
import org.sallyport.core.trust.VerifiedPeer;

/**
 * One connection over which two devices are paired. Network thread only. Who confirms last keeps the other device before it says so, and
 * who hears that keeps it then; who cannot keep it says no, and the other takes it back. So a refusal leaves nothing on either side; what a
 * crash between the two leaves on one side only is replaced by pairing again. Who keeps it last ends the connection then: before that it is
 * not called, see {@link FreshPairings}.
 */
final class PairingCall implements PairingHandler {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CloseReason DONE = new CloseReason("link.stopped", "the devices are paired");

    private final boolean dials;
    private final Identity self;
    private final OwnDevice own;
    private final DeviceKeeper keeper;
    private final Owner owner;
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();
    private Optional<PairingLink> link = Optional.empty();
    private Optional<VerifiedPeer> peer = Optional.empty();
    private Optional<PairingDialogue> dialogue = Optional.empty();
    private Optional<Refusal> refused = Optional.empty();
    private boolean wordsTold;
    private boolean confirmed;
    private boolean keeping;
    private boolean kept;
    private boolean gone;
    private boolean ended;

    /** Decides on this side; called on the network thread. */
    interface Owner {
        /** The key of the other side is known. @return why the pairing does not go on */
        Optional<Refusal> accept(PairingCall call);

        /** The words are known. */
        void compare(PairingCall call);

        /** The other side confirmed first. */
        void confirmedThere(PairingCall call);

        void paired(PairingCall call, PairedDevice device);

        /** Nothing was paired, or it was taken back; at most once, and the last call but for this rule. */
        void ended(PairingCall call, Refusal why);
    }

    /** @param dials whether this side makes the connection */
    PairingCall(boolean dials, Identity self, OwnDevice own, DeviceKeeper keeper, Owner owner) {
        this.dials = dials;
        this.self = self;
        this.own = own;
        this.keeper = keeper;
        this.owner = owner;
    }

    boolean dials() {
        return dials;
    }

    /** This side said yes, and does not know yet what came of it. */
    boolean isConfirmedHere() {
        return confirmed;
    }

    /** Once it was accepted. */
    DeviceId other() {
        return peer.orElseThrow().id();
    }

    String otherName() {
        return dialogue.flatMap(PairingDialogue::otherName).map(DeviceName::text).orElse("");
    }

    List<String> words() {
        return dialogue.flatMap(PairingDialogue::words).map(SafetyWords::words).orElse(List.of());
    }

    String from() {
        return link.map(open -> open.remote().getAddress().getHostAddress()).orElse("");
    }

    @Override
    public void opened(PairingLink opened, VerifiedPeer verified) {
        link = Optional.of(opened);
        peer = Optional.of(verified);
        if (refused.isEmpty()) {
            refused = owner.accept(this);
        }
        if (refused.isPresent()) {
            opened.close(closing(refused.get()));
            return;
        }
        dialogue = Optional.of(new PairingDialogue(dials, self.publicKey(), own.name(), own.addresses(), verified, RANDOM));
        send(dialogue.get().start());
    }

    @Override
    public void received(byte[] message) {
        if (refused.isPresent() || dialogue.isEmpty()) {
            return;
        }
        PairingDialogue talk = dialogue.get();
        try {
            send(talk.receive(message));
        } catch (RefusedException e) {
            refuse(e.refusal());
            link.orElseThrow().close(closing(e.refusal()));
            return;
        }
        if (talk.words().isPresent() && !wordsTold) {
            wordsTold = true;
            link.orElseThrow().awaitPerson();
            owner.compare(this);
        }
        if (talk.isConfirmedThere() && refused.isEmpty() && !keeping) {
            if (confirmed) {
                keep(new byte[0]);
            } else {
                owner.confirmedThere(this);
            }
        }
    }

    private void send(byte[] message) {
        if (message.length > 0) {
            link.orElseThrow().send(message);
        }
    }

    /** This side says yes; only when there are words. */
    void confirm() {
        byte[] message = dialogue.orElseThrow().confirm();
        confirmed = true;
        if (dialogue.get().isConfirmedThere()) {
            keep(message);
        } else {
            send(message);
        }
    }

    /** This side says no, at any time; the other hears it as far as it can. */
    void reject(Refusal why) {
        if (refused.isPresent() || gone && !keeping) {
            return;
        }
        refuse(why);
        tellNo(why);
    }

    private void tellNo(Refusal why) {
        link.ifPresent(open -> dialogue.ifPresentOrElse(talk -> open.sendAndClose(talk.reject(), closing(why)), () -> open.close(closing(why))));
    }

    /** @param lastWord what to say once it is kept; nothing if the other side heard our yes */
    private void keep(byte[] lastWord) {
        keeping = true;
        keeper.pair(dialogue.orElseThrow().result().orElseThrow(), over).thenAccept(outcome -> settle(outcome, lastWord));
    }

    private void settle(Outcome<PairedDevice> outcome, byte[] lastWord) {
        Optional<PairedDevice> device = outcome.fold(Optional::of, refusal -> Optional.empty(), problem -> Optional.empty());
        if (device.isEmpty()) {
            keeping = false;
            Refusal why = outcome.fold(done -> PairingEnds.LOST, refusal -> refusal, problem -> new Refusal("pairing.not-saved", problem));
            reject(why);
            if (gone) {
                end(why);
            }
            return;
        }
        if (refused.isPresent() || gone && lastWord.length > 0) { // the other side said no meanwhile, or never heard our yes
            keeper.takeBack(other());
            end(refused.orElse(PairingEnds.LOST));
            return;
        }
        kept = true;
        send(lastWord);
        if (lastWord.length == 0) {
            link.orElseThrow().close(DONE);
        }
        owner.paired(this, device.get());
    }

    private void refuse(Refusal why) {
        if (refused.isEmpty()) {
            refused = Optional.of(why);
            if (kept) {
                kept = false;
                keeper.takeBack(other());
                end(why);
            }
        }
    }

    @Override
    public void closed(CloseReason reason) {
        gone = true;
        over.complete(true);
        if (!kept && !keeping) {
            end(refused.orElseGet(() -> PairingEnds.of(reason, dials && peer.isEmpty())));
        }
    }

    private void end(Refusal why) {
        if (!ended) {
            ended = true;
            owner.ended(this, why);
        }
    }

    private static CloseReason closing(Refusal refusal) {
        return new CloseReason(refusal.rule(), refusal.sentence());
    }
}
