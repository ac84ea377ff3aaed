package org.sallyport.core.transport;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.trust.PairingDialogue;
import org.sallyport.core.trust.TestDevice;
import org.sallyport.core.trust.VerifiedPeer;

/** Carries the pairing dialogue of a device over a link, up to the words. Read from any thread. */
final class PairingTalk implements PairingHandler {
    private final boolean initiates;
    private final TestDevice self;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile Optional<PairingLink> link = Optional.empty();
    private volatile Optional<PairingDialogue> dialogue = Optional.empty();

    PairingTalk(boolean initiates, TestDevice self) {
        this.initiates = initiates;
        this.self = self;
    }

    /** {@code opened}, {@code words ...}, {@code paired ...} and {@code closed ...}, as far as it came. */
    List<String> lines() {
        return lines;
    }

    PairingLink link() {
        return link.orElseThrow();
    }

    boolean has(String beginning) {
        return lines.stream().anyMatch(line -> line.startsWith(beginning));
    }

    /** The person here says that the words are the same. On the network thread. */
    void confirm() {
        link().send(dialogue.orElseThrow().confirm());
        noteResult();
    }

    @Override
    public void opened(PairingLink opened, VerifiedPeer peer) {
        link = Optional.of(opened);
        dialogue = Optional.of(self.dialogue(initiates, peer));
        lines.add("opened " + peer.id().text());
        send(dialogue.get().start());
    }

    @Override
    public void received(byte[] message) {
        PairingDialogue talk = dialogue.orElseThrow();
        try {
            send(talk.receive(message));
        } catch (RefusedException e) {
            link().close(new CloseReason(e.refusal().rule(), e.refusal().sentence()));
            return;
        }
        if (talk.words().isPresent() && !has("words")) {
            lines.add("words " + talk.words().get());
            link().awaitPerson();
        }
        noteResult();
    }

    private void noteResult() {
        dialogue.orElseThrow().result().ifPresent(partner -> lines.add("paired " + partner.publicKey()));
    }

    private void send(byte[] message) {
        if (message.length > 0) {
            link().send(message);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        lines.add("closed " + reason.rule());
    }
}
