package org.sallyport.core.engine;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.transport.TlsAnswer;
import org.sallyport.core.trust.AwaitedDevice;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairingCode;
import org.sallyport.core.trust.PairingOffer;

/** Pairs this device with others: by a code that one shows and the other reads, or by ids that people tell each other. */
final class PairingDesk implements PairingDoor {
    private static final Refusal NO_PORT = new Refusal("pairing.no-port", "The port of this device is shut, so the other one could not call it. "
            + "Open the port in the settings, or show the code on the other device and read it here.");
    private static final Refusal NO_ADDRESS = new Refusal("pairing.no-address",
            "This code does not say where the other device is. Make a new one there while it is connected to a network and its port is open.");

    private final Services services;
    private final CommandThread commands;
    private final TrustCircle circle;
    private final CircleGate gate;
    private final Pairings pairings;
    private final VoicePairings voice;

    /** @param moved publishes what has changed, on the network thread */
    PairingDesk(Services services, CommandThread commands, DeviceKeeper keeper, Runnable moved) {
        this.services = services;
        this.commands = commands;
        this.circle = services.trust();
        this.gate = new CircleGate(services);
        this.pairings = new Pairings(services, keeper, circle.own(), moved);
        this.voice = new VoicePairings(services, keeper, circle.own());
    }

    /** Network thread, as all that follows until {@link #invited}. */
    PairingState state() {
        return pairings.state();
    }

    /** Once a second. */
    void tick(long now) {
        pairings.tick();
        voice.tick(now);
    }

    /** Who is being paired with hears that nothing comes of it. */
    void end() {
        pairings.cancel();
        voice.dropAll();
    }

    /** A device whose id was typed is tried soon. */
    void hurry(DeviceId id) {
        voice.hurry(id);
    }

    /** A device whose id was typed is not wanted any more. */
    void drop(DeviceId id) {
        voice.drop(id);
    }

    @Override
    public Optional<TlsAnswer> awaited(AwaitedDevice device) {
        return circle.whenOpen().flatMap(open -> voice.answer(device, open));
    }

    @Override
    public Optional<TlsAnswer> invited(PairingOffer offer) {
        return circle.whenOpen().map(open -> pairings.answer(offer, open));
    }

    /** What begins a pairing, or why not. */
    private interface Beginning {
        Outcome<CompletableFuture<Outcome<PairingState>>> begin() throws Exception;
    }

    private CompletableFuture<Outcome<PairingState>> begun(Beginning beginning) {
        return commands.run(() -> {
            try {
                return beginning.begin();
            } catch (RefusedException e) {
                services.events().refused("pairing.refused", e.refusal(), e.refusal().rule(), Map.of());
                return Outcome.<CompletableFuture<Outcome<PairingState>>>refused(e.refusal());
            }
        }).thenCompose(begun -> begun.then(later -> later));
    }

    private Outcome<CompletableFuture<Outcome<PairingState>>> onLoop(Supplier<Outcome<PairingState>> step) throws Exception {
        return Outcome.done(CompletableFuture.completedFuture(services.events().told("pairing.refused", commands.onLoop(step::get))));
    }

    CompletableFuture<Outcome<PairingState>> offer() {
        return begun(() -> {
            if (services.listenPort().get() == 0) {
                throw new RefusedException(NO_PORT);
            }
            TrustCircle.Open open = gate.openFor(false);
            PairingOffer offer = PairingOffer.make(open.identity().id(), circle.own().addresses(), services.clock(), new SecureRandom());
            return onLoop(() -> pairings.offer(offer));
        });
    }

    CompletableFuture<Outcome<PairingState>> pair(String typed) {
        return begun(() -> {
            PairingCode code = PairingCode.parse(typed);
            TrustCircle.Open open = gate.openFor(false);
            Optional<Refusal> noRoom = open.book().room(code.id());
            if (noRoom.isPresent()) {
                throw new RefusedException(noRoom.get());
            }
            if (code.addresses().isEmpty()) {
                throw new RefusedException(NO_ADDRESS);
            }
            return Outcome.done(commands.onLoop(() -> pairings.read(code, open)));
        });
    }

    CompletableFuture<Outcome<PairingState>> confirm(boolean same) {
        return begun(() -> onLoop(() -> pairings.confirm(same)));
    }

    CompletableFuture<Outcome<PairingState>> cancel() {
        return begun(() -> onLoop(() -> Outcome.done(pairings.cancel())));
    }
}
