package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Segments that are on disk and wait to be hashed, of one piece thread and confined to it. Nobody waits for company: those are hashed together that
 * were queued while the thread was busy. A lone one is hashed at once, as its turn comes right after it.
 */
final class HashLine implements Runnable {
    private final Executor thread;
    private final HashChoice choice;
    private final List<Job> waiting = new ArrayList<>();
    private final PieceHasher alone;
    private Supplier<PieceHasher> chosen;
    private PieceHasher together;

    /** The next segment of a piece. */
    interface Job {
        PieceHash hash();

        ByteBuffer data();

        /** The segment is part of the hash. */
        void hashed();

        void failed(Throwable e);
    }

    HashLine(Executor thread, HashChoice choice) {
        this.thread = thread;
        this.choice = choice;
        this.alone = choice.alone().get();
        this.chosen = choice.alone();
        this.together = alone;
    }

    /** What this thread hashes many pieces with. */
    PieceHasher together() {
        Supplier<PieceHasher> now = choice.together();
        if (now != chosen) {
            chosen = now;
            together = now.get();
        }
        return together;
    }

    /** After it no segment of that piece waits any more. */
    void settle(PieceHash hash) {
        if (waiting.stream().anyMatch(job -> job.hash() == hash)) {
            run();
        }
    }

    /** Hashes it at the latest when all is done that is queued for the thread by now. No other segment of its piece may be waiting. */
    void add(Job job) {
        waiting.add(job);
        if (waiting.size() >= together().width()) {
            run();
        } else if (waiting.size() == 1) {
            try {
                thread.execute(this);
            } catch (RejectedExecutionException e) {
                run(); // the engine closes: nobody else comes
            }
        }
    }

    /** Hashes what waits. */
    @Override
    public void run() {
        Map<Integer, List<Job>> byLength = new LinkedHashMap<>();
        waiting.forEach(job -> byLength.computeIfAbsent(job.data().remaining(), length -> new ArrayList<>()).add(job));
        waiting.clear();
        byLength.values().forEach(this::hash);
    }

    private void hash(List<Job> jobs) {
        try {
            hash(jobs.stream().map(Job::hash).toList(), jobs.stream().map(Job::data).toList());
        } catch (RuntimeException | Error e) {
            jobs.forEach(job -> job.failed(e));
            return;
        }
        jobs.forEach(Job::hashed);
    }

    /**
     * Brings hashes forward, together if they are enough for that to pay.
     * @param data one for each hash, with equally many bytes remaining; taken to their limits
     */
    void hash(List<PieceHash> hashes, List<ByteBuffer> data) {
        choice.hashed(data.stream().mapToLong(ByteBuffer::remaining).sum());
        PieceHasher many = together();
        boolean pays = hashes.stream().filter(hash -> hash.mayGoOnWith(many)).count() >= many.worthFrom();
        List<RunningHash> company = new ArrayList<>();
        List<ByteBuffer> theirs = new ArrayList<>();
        for (int i = 0; i < hashes.size(); i++) {
            if (pays && hashes.get(i).mayGoOnWith(many)) {
                company.add(hashes.get(i).goOnWith(many));
                theirs.add(data.get(i));
            } else {
                hashes.get(i).goOnWith(alone).update(data.get(i));
            }
        }
        for (int from = 0; from < company.size(); from += many.width()) {
            int to = Math.min(company.size(), from + many.width());
            many.update(company.subList(from, to), theirs.subList(from, to));
        }
    }
}
