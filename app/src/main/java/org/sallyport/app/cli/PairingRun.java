package org.sallyport.app.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.Devices;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;
import org.sallyport.core.model.Refusal;

/** Follows one pairing of the running instance to its end, shows the words and asks about them. Who leaves meanwhile cancels it. */
final class PairingRun {
    private static final Set<Stage> UNDER_WAY = Set.of(Stage.OFFERING, Stage.CONNECTING, Stage.COMPARING, Stage.WAITING);
    private static final String QUESTION = "Are these the words on the other device? [y/N]";
    private static final long LOOK_MILLIS = 200;
    /** A pairing has about six steps; more than this is not waiting to be told. */
    private static final int MAX_STEPS = 1000;

    private final CommandContext context;
    private final PairingOptions options;
    private final BlockingQueue<PairingState> steps = new LinkedBlockingQueue<>(MAX_STEPS);
    private final AtomicReference<PairingState> last = new AtomicReference<>(PairingState.NONE);
    private Optional<CompletableFuture<String>> answer = Optional.empty();
    private boolean begun;

    PairingRun(CommandContext context, PairingOptions options) {
        this.context = context;
        this.options = options;
    }

    private Devices devices() {
        return context.engine().devices();
    }

    /** @param begin the command to the engine @param beginning what to say when it was taken @return the exit code */
    int follow(Supplier<CompletableFuture<Outcome<PairingState>>> begin, BiConsumer<CommandContext, PairingState> beginning)
            throws CommandFailedException {
        long until = System.nanoTime() + options.timeout().toNanos();
        last.set(context.engine().snapshot().devices().pairing());
        try (Engine.Subscription subscription = context.engine().onSnapshot(this::keep)) {
            CompletableFuture<Outcome<PairingState>> taken = begin.get();
            while (true) {
                PairingState step = steps.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                Optional<Integer> exit = notTaken(taken);
                if (exit.isEmpty()) {
                    exit = step == null ? check() : take(step, beginning);
                }
                if (exit.isPresent()) {
                    return exit.get();
                }
                if (context.output().isGone()) {
                    devices().cancelPairing();
                    return Exit.FAILED;
                }
                if (System.nanoTime() - until > 0) {
                    devices().cancelPairing();
                    throw new CommandFailedException(Exit.TIMED_OUT,
                            "The pairing was not finished in time. Nothing was paired. Start again on both devices.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(Exit.FAILED, "The command was interrupted.", e);
        }
    }

    /** Each state once; on the engine's thread. */
    private void keep(EngineSnapshot snapshot) {
        PairingState now = snapshot.devices().pairing();
        if (!now.equals(last.getAndSet(now))) {
            steps.offer(now);
        }
    }

    /** Before a step is believed to be ours: perhaps another pairing is under way. */
    private Optional<Integer> notTaken(CompletableFuture<Outcome<PairingState>> taken) throws CommandFailedException {
        if (!begun && taken.isDone()) {
            Outcome<PairingState> outcome = context.await(taken);
            if (!outcome.isDone()) {
                return Optional.of(context.report(outcome, done -> { }));
            }
        }
        return Optional.empty();
    }

    /** Nothing new, but the person may have answered. */
    private Optional<Integer> check() throws CommandFailedException {
        if (answer.isPresent() && answer.get().isDone()) {
            String said = context.await(answer.get()).strip().toLowerCase(Locale.ROOT);
            answer = Optional.empty();
            context.await(devices().confirm(said.equals("y") || said.equals("yes")));
        }
        return Optional.empty();
    }

    private Optional<Integer> take(PairingState step, BiConsumer<CommandContext, PairingState> beginning) throws CommandFailedException {
        if (!begun && UNDER_WAY.contains(step.stage())) {
            begun = true;
            beginning.accept(context, step);
        }
        if (!begun) {
            return Optional.empty();
        }
        return switch (step.stage()) {
            case COMPARING -> {
                compare(step);
                yield Optional.empty();
            }
            case OFFERING, CONNECTING, WAITING -> Optional.empty();
            case PAIRED -> {
                tellPaired(step);
                yield Optional.of(Exit.DONE);
            }
            case ENDED -> Optional.of(context.refuse(new Refusal(step.rule(), step.sentence())));
            case NONE -> Optional.of(context.report(
                    Outcome.<PairingState>failed("The pairing was ended elsewhere. Nothing was paired."), done -> { }));
        };
    }

    private void compare(PairingState step) throws CommandFailedException {
        if (context.json()) {
            context.json("event", "words", "words", step.words(), "id", step.otherId(), "name", step.otherName());
        } else {
            context.out("The other device calls itself \"" + step.otherName() + "\". Both devices show six words:");
            context.out("  " + String.join(" ", step.words()));
        }
        if (options.acceptWords()) {
            context.await(devices().confirm(true));
        } else {
            answer = Optional.of(context.output().ask(QUESTION));
        }
    }

    private void tellPaired(PairingState step) {
        if (context.json()) {
            context.json("event", "paired", "id", step.otherId(), "name", step.otherName());
        } else {
            context.out("Paired with " + step.otherName() + " (" + step.otherId() + ")");
        }
    }
}
