package org.sallyport.core.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.transport.TlsAnswer;
import org.sallyport.core.transport.TlsTerms;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.trust.PairingCode;
import org.sallyport.core.trust.PairingOffer;

/** The pairing by code, at most one at a time. Network thread only, but for {@link #state}. */
final class Pairings {
    private static final Refusal BUSY = new Refusal("pairing.under-way", "A pairing is under way already. Finish or cancel it first.");
    private static final Refusal NOTHING = new Refusal("pairing.nothing-to-compare",
            "There are no words to compare now. Show a code, or read one, and wait until both devices show six words.");

    private final Services services;
    private final DeviceKeeper keeper;
    private final OwnDevice own;
    private final Runnable moved;
    private Optional<PairingOffer> offer = Optional.empty();
    private Optional<CodeReader> reader = Optional.empty();
    private Optional<PairingCall> call = Optional.empty();
    private CompletableFuture<Outcome<PairingState>> words = new CompletableFuture<>();
    private volatile PairingState state = PairingState.NONE;

    /** @param moved run when the state is another */
    Pairings(Services services, DeviceKeeper keeper, OwnDevice own, Runnable moved) {
        this.services = services;
        this.keeper = keeper;
        this.own = own;
        this.moved = moved;
    }

    /** Any thread. */
    PairingState state() {
        return state;
    }

    /** Why no other pairing may begin. */
    Optional<Refusal> busy() {
        return switch (state.stage()) {
            case CONNECTING, COMPARING, WAITING -> Optional.of(BUSY);
            case NONE, OFFERING, PAIRED, ENDED -> Optional.empty();
        };
    }

    /** Shows a code in place of an earlier one. */
    Outcome<PairingState> offer(PairingOffer made) {
        if (busy().isPresent()) {
            return Outcome.refused(busy().get());
        }
        withdraw();
        offer = Optional.of(made);
        services.trust().listenFor(made);
        move(offering(made));
        return Outcome.done(state);
    }

    private static PairingState offering(PairingOffer made) {
        return new PairingState(Stage.OFFERING, made.code().text(), made.expiresAt(), List.of(), "", "",
                "Scan or type this code on the other device, within " + PairingOffer.VALID.toMinutes() + " minutes.");
    }

    /** Calls the device that shows this code. @return done when there are words to compare, or refused with why there are none */
    CompletableFuture<Outcome<PairingState>> read(PairingCode code, TrustCircle.Open circle) {
        if (busy().isPresent()) {
            refuse(busy().get(), "");
            return CompletableFuture.completedFuture(Outcome.refused(busy().get()));
        }
        withdraw();
        words = new CompletableFuture<>();
        move(new PairingState(Stage.CONNECTING, "", Instant.EPOCH, List.of(), code.id().text(), "", "Looking for the other device."));
        CodeReader begun = new CodeReader(services, code, () -> new PairingCall(true, circle.identity(), own, keeper, new OfReader(code.id())),
                () -> TlsTerms.dialPairing(circle.tls(), code), this::fail);
        reader = Optional.of(begun);
        CompletableFuture<Outcome<PairingState>> answer = words;
        begun.begin();
        return answer;
    }

    /** Somebody with the secret of our code; a try of it has begun. */
    TlsAnswer answer(PairingOffer used, TrustCircle.Open circle) {
        return TlsAnswer.invited(circle.tls(), new PairingCall(false, circle.identity(), own, keeper, new OfOffer(used)));
    }

    Outcome<PairingState> confirm(boolean same) {
        if (state.stage() != Stage.COMPARING || call.isEmpty()) {
            return Outcome.refused(NOTHING);
        }
        PairingCall compared = call.get();
        if (same) {
            move(with(Stage.WAITING, "Waiting for the person at the other device to confirm."));
            compared.confirm();
        } else {
            refuse(PairingEnds.DIFFERENT, compared.from());
            end(PairingEnds.DIFFERENT);
            compared.reject(PairingEnds.DIFFERENT);
        }
        return Outcome.done(state);
    }

    PairingState cancel() {
        switch (state.stage()) {
            case OFFERING, CONNECTING, COMPARING, WAITING -> {
                Optional<PairingCall> cancelled = call;
                end(PairingEnds.CANCELLED);
                cancelled.ifPresent(c -> c.reject(PairingEnds.CANCELLED));
            }
            case PAIRED, ENDED -> move(PairingState.NONE);
            case NONE -> { }
        }
        return state;
    }

    /** Once a second: a code ends by itself. */
    void tick() {
        if (state.stage() == Stage.OFFERING && call.isEmpty()) {
            offer.flatMap(PairingOffer::ended).ifPresent(why -> end(why.rule().equals(PairingEnds.EXPIRED.rule()) ? PairingEnds.EXPIRED : why));
        }
    }

    private void withdraw() {
        offer.ifPresent(PairingOffer::cancel);
        reader.ifPresent(open -> open.end(Optional.empty()));
        Optional<PairingCall> open = call;
        offer = Optional.empty();
        reader = Optional.empty();
        call = Optional.empty();
        if (state.stage() == Stage.OFFERING) {
            open.ifPresent(c -> c.reject(PairingEnds.CANCELLED));
        }
    }

    private void fail(Refusal why) {
        refuse(why, state.otherId());
        end(why);
    }

    /** Nothing was paired. */
    private void end(Refusal why) {
        PairingState last = state;
        withdraw();
        move(new PairingState(Stage.ENDED, "", Instant.EPOCH, List.of(), last.otherId(), last.otherName(), why.sentence(), why.rule()));
        words.complete(Outcome.refused(why));
    }

    private void refuse(Refusal why, String subject) {
        services.events().refused("pairing.refused", why, subject, Map.of("from", subject));
    }

    private PairingState with(Stage stage, String sentence) {
        return new PairingState(stage, "", Instant.EPOCH, state.words(), state.otherId(), state.otherName(), sentence);
    }

    private void move(PairingState next) {
        state = next;
        moved.run();
    }

    private void compare(PairingCall known) {
        move(new PairingState(Stage.COMPARING, "", Instant.EPOCH, known.words(), known.other().text(), known.otherName(),
                "Compare these six words with those on the other device."));
        words.complete(Outcome.done(state));
    }

    private void paired(PairedDevice device) {
        offer.ifPresent(PairingOffer::complete);
        keeper.tellPaired(device);
        move(new PairingState(Stage.PAIRED, "", Instant.EPOCH, state.words(), device.id().text(), device.name().text(),
                "\"" + device.name() + "\" is trusted from now on."));
    }

    /** What both directions have in common. */
    private abstract class Ours implements PairingCall.Owner {
        boolean isOurs(PairingCall asked) {
            return call.isPresent() && call.get() == asked;
        }

        /** Room in the book is asked for before people compare anything. */
        Optional<Refusal> room(DeviceId id) {
            return services.trust().whenOpen().flatMap(open -> open.book().room(id));
        }

        @Override
        public void compare(PairingCall known) {
            if (isOurs(known)) {
                Pairings.this.compare(known);
            }
        }

        @Override
        public void confirmedThere(PairingCall known) {
            // the person here has to say so, too
        }

        @Override
        public void paired(PairingCall known, PairedDevice device) {
            if (isOurs(known)) {
                Pairings.this.paired(device);
            } else {
                keeper.tellPaired(device);
            }
        }
    }

    /** A call of ours to who shows a code. */
    private final class OfReader extends Ours {
        private final DeviceId wanted;

        OfReader(DeviceId wanted) {
            this.wanted = wanted;
        }

        @Override
        public Optional<Refusal> accept(PairingCall through) {
            if (call.isPresent() || reader.isEmpty() || reader.get().isOver()) {
                return Optional.of(PairingEnds.ELSEWHERE);
            }
            call = Optional.of(through);
            reader.get().end(call);
            return room(wanted);
        }

        @Override
        public void ended(PairingCall over, Refusal why) {
            if (isOurs(over)) {
                fail(why);
            } else {
                reader.ifPresent(open -> open.ended(over, why));
            }
        }
    }

    /** A call of somebody who has read our code. */
    private final class OfOffer extends Ours {
        private final PairingOffer used;

        OfOffer(PairingOffer used) {
            this.used = used;
        }

        @Override
        public Optional<Refusal> accept(PairingCall from) {
            if (offer.isEmpty() || offer.get() != used || call.isPresent()) {
                return Optional.of(PairingEnds.CANCELLED);
            }
            call = Optional.of(from);
            return room(from.other());
        }

        @Override
        public void ended(PairingCall over, Refusal why) {
            used.connectionLost();
            if (offer.isEmpty() || offer.get() != used) {
                return;
            }
            refuse(why, over.from());
            if (isOurs(over) && state.stage() != Stage.OFFERING) {
                end(why); // who has seen words has had its one chance to be in between
            } else if (isOurs(over)) {
                call = Optional.empty();
            }
            tick();
        }
    }
}
