package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "send", description = "Shares a file or folder with one device alone and offers it; it waits until the device comes.")
final class DeviceSendCommand implements LibraryCommand {
    private static final String DECLINED = "device.offer-declined";
    private static final Set<String> ENDS = Set.of(DECLINED, "device.offer-arrived");

    @Mixin
    private DeviceArgument device = new DeviceArgument();

    @Parameters(index = "1", paramLabel = "PATH", description = "a file or folder")
    private Path path = Path.of("");

    @Option(names = "--note", paramLabel = "TEXT", description = "a line for the person there, at most 200 characters")
    private String note = "";

    @Option(names = "--wait", description = "until it has arrived or was declined")
    private boolean wait;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        DeviceSnapshot to = device.in(context.engine().snapshot());
        BlockingQueue<Event> answers = new LinkedBlockingQueue<>();
        try (Engine.Subscription subscription = context.engine().onEvent(event -> {
            if (ENDS.contains(event.id()) && event.fact("device").equals(to.id())) {
                answers.add(event);
            }
        })) {
            CompletableFuture<Outcome<InfoHash>> sending = context.engine().devices().send(to.id(), context.resolve(path), note);
            awaitRead(context, sending);
            if (!sending.isDone()) {
                return Exit.FAILED;
            }
            int code = context.report(sending, hash -> tell(context, to, hash));
            return wait && code == Exit.DONE ? follow(context, answers, context.await(sending)) : code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.FAILED;
        }
    }

    /** All of it is read first, which may take minutes: as long as the client waits, so do we. */
    private static void awaitRead(CommandContext context, CompletableFuture<Outcome<InfoHash>> sending) throws InterruptedException {
        while (!sending.isDone() && !context.output().isGone()) {
            try {
                sending.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                continue;
            }
        }
    }

    private static void tell(CommandContext context, DeviceSnapshot to, InfoHash hash) {
        if (context.json()) {
            context.json("event", "offered", "hash", hash.hex(), "device", to.id(), "connected", to.connected());
        } else {
            context.out("Offered " + hash.shortHex() + " to " + to.name() + (to.connected() ? "." : ", as soon as it comes."));
        }
    }

    private static int follow(CommandContext context, BlockingQueue<Event> answers, Outcome<InfoHash> sent) throws InterruptedException {
        String hash = sent.fold(InfoHash::hex, refusal -> "", problem -> "");
        while (!context.output().isGone()) {
            Event answer = answers.poll(1, TimeUnit.SECONDS);
            if (answer == null || !answer.fact("hash").equals(hash)) {
                continue;
            }
            if (answer.id().equals(DECLINED)) {
                return context.refuse(new Refusal(DECLINED, answer.sentence()));
            }
            if (context.json()) {
                context.json("event", "arrived", "hash", hash);
            } else {
                context.out(answer.sentence());
            }
            return Exit.DONE;
        }
        return Exit.FAILED;
    }
}
