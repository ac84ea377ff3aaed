package org.sallyport.app.cli;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.Event;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "events", description = "What happened, oldest first.")
final class EventsCommand implements LibraryCommand {
    private static final int PAGE = 500;

    @Option(names = "--follow", description = "go on with new events until interrupted")
    private boolean follow;

    @Option(names = "--since", paramLabel = "SEQ", description = "only events after this number (default: ${DEFAULT-VALUE})")
    private long since;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        long last = printKept(context, since);
        if (follow) {
            follow(context, last);
        }
        return Exit.DONE;
    }

    @Override
    public boolean followsInstance() {
        return follow;
    }

    private static long printKept(CommandContext context, long since) throws CommandFailedException {
        long last = since;
        List<Event> page;
        do {
            page = context.await(context.engine().events(last, PAGE));
            for (Event event : page) {
                print(context, event);
                last = event.seq();
            }
        } while (!page.isEmpty() && !context.output().isGone());
        return last;
    }

    /** A new event only wakes us: the kept ones are read in order, so that a slow client misses none and costs no memory. */
    private static void follow(CommandContext context, long since) throws CommandFailedException {
        BlockingQueue<Boolean> news = new LinkedBlockingQueue<>(1);
        long last = since;
        try (Engine.Subscription subscription = context.engine().onEvent(e -> news.offer(true))) {
            last = printKept(context, last);
            while (!context.output().isGone()) {
                if (news.poll(1, TimeUnit.SECONDS) != null) {
                    last = printKept(context, last);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void print(CommandContext context, Event event) {
        if (context.json()) {
            context.json(JsonShapes.event(event));
        } else {
            context.out(event.seq() + "  " + event.at() + "  " + event.id() + "  " + event.sentence());
        }
    }
}
