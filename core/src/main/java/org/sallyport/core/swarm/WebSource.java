package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.WebSeed;
import org.sallyport.core.model.WebSeedSnapshot;
import org.sallyport.core.model.WebSeedSnapshot.Status;

/**
 * A web server as a source of pieces (BEP 19, BEP 17): it is asked for a run of pieces at a time, as long as it is fast. What it sends is
 * checked like anything else, and a server that sent a wrong piece alone is not asked again. Network thread only.
 */
final class WebSource implements ActivePiece.Source, WebCalls.Listener {
    /** What is asked at once takes this long or so. */
    private static final long RUN_SECONDS = 5;
    private static final int LARGEST_RUN_BYTES = 8 << 20;
    private static final int FIRST_RUN_BYTES = 1 << 20;
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST_PAUSE = TimeUnit.HOURS.toNanos(1);

    private final Metainfo metainfo;
    private final WebSeed seed;
    private final WebParts parts;
    private final WebCalls calls;
    private final Fetcher fetcher;
    private final RateMeter meter = new RateMeter();
    private final Deque<WebParts.Part> questions = new ArrayDeque<>();
    private Optional<WebRun> run = Optional.empty();
    private Optional<WebCalls.Call> call = Optional.empty();
    private Status status = Status.IDLE;
    private String message = "";
    private long notBefore;
    private long pause = FIRST_PAUSE;

    WebSource(Metainfo metainfo, WebSeed seed, WebParts parts, WebCalls calls, Fetcher fetcher) {
        this.metainfo = metainfo;
        this.seed = seed;
        this.parts = parts;
        this.calls = calls;
        this.fetcher = fetcher;
        this.notBefore = System.nanoTime();
    }

    /** Begins another run if there is anything to fetch and the time has come. */
    void tick(long now) {
        if (status == Status.REFUSED || run.isPresent() || now - notBefore < 0) {
            return;
        }
        status = Status.IDLE;
        run = fetcher.startRun(this, runPieces());
        if (run.isPresent()) {
            status = Status.FETCHING;
            questions.addAll(parts.of(seed, run.get()));
            next();
        }
    }

    private int runPieces() {
        if (seed.kind() == WebSeed.Kind.PIECES) {
            return 1;
        }
        long bytes = meter.total() == 0 ? FIRST_RUN_BYTES : Math.min(LARGEST_RUN_BYTES, RUN_SECONDS * meter.rate());
        return (int) Math.max(1, bytes / metainfo.pieceLength());
    }

    /** The next file of the run; padding is zeros that nobody needs to send. */
    private void next() {
        while (run.isPresent() && !questions.isEmpty() && questions.peek().request().isEmpty()) {
            long zeros = questions.remove().bytes();
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(zeros, ActivePiece.BLOCK));
            while (zeros > 0 && run.isPresent()) {
                chunk.clear().limit((int) Math.min(zeros, chunk.capacity()));
                zeros -= chunk.remaining();
                pour(chunk);
            }
        }
        if (run.isEmpty()) {
            return;
        }
        if (questions.isEmpty()) {
            run = Optional.empty();
            pause = FIRST_PAUSE;
            message = "";
            status = Status.IDLE;
            tick(System.nanoTime());
            return;
        }
        call = Optional.of(calls.ask(questions.remove().request().get(), this));
    }

    @Override
    public void data(ByteBuffer bytes) {
        meter.add(bytes.remaining());
        pour(bytes);
    }

    private void pour(ByteBuffer bytes) {
        run.ifPresent(now -> now.pour(bytes, fetcher, this));
        if (run.isPresent() && !run.get().wanted()) {
            // others were faster with all of it
            end();
            notBefore = System.nanoTime();
        }
    }

    @Override
    public void done() {
        call = Optional.empty();
        next();
    }

    @Override
    public void failed(WebCalls.Failure failure) {
        call = Optional.empty();
        end();
        message = failure.sentence();
        if (failure.forGood()) {
            status = Status.REFUSED;
            return;
        }
        status = Status.WAITING;
        long wait = failure.pause().isZero() ? pause : failure.pause().toNanos();
        notBefore = System.nanoTime() + wait;
        pause = Math.min(LONGEST_PAUSE, pause * 2);
    }

    @Override
    public ActivePiece.Origin origin() {
        return new ActivePiece.Origin.WebServer(seed.url());
    }

    /** A piece that it alone sent was wrong. */
    void lied(String sentence) {
        end();
        status = Status.REFUSED;
        message = "It " + sentence + ", so it is not asked any more.";
    }

    /** Gives back what has not come. */
    void end() {
        call.ifPresent(WebCalls.Call::cancel);
        call = Optional.empty();
        questions.clear();
        Optional<WebRun> ended = run;
        run = Optional.empty();
        if (status == Status.FETCHING) {
            status = Status.IDLE;
        }
        ended.ifPresent(r -> r.giveBack(fetcher, this));
    }

    void sample(long now) {
        meter.sample(now);
    }

    String url() {
        return seed.url();
    }

    boolean fetching() {
        return status == Status.FETCHING;
    }

    WebSeedSnapshot snapshot() {
        return new WebSeedSnapshot(seed.url(), status, message, fetching() ? meter.rate() : 0, meter.total());
    }
}
