package org.sallyport.core.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/** Our questions that wait for an answer: it counts from whom we asked and nobody else, and only once. */
final class DhtCalls {
    static final int MOST = 256;
    static final long PATIENCE_MILLIS = 4_000;
    private static final int TRANSACTION_BYTES = 4;

    /** Hears how a question ended, once. */
    interface Asked {
        void answered(DhtMessage.Answer answer);

        void failed();
    }

    private record Call(PeerAddress to, Asked asked, long deadline) { }

    private final Map<Bytes, Call> waiting = new HashMap<>();
    private final BiConsumer<PeerAddress, byte[]> out;
    private final Random random;

    /** @param random nobody can guess: who cannot see the question must not be able to answer it */
    DhtCalls(BiConsumer<PeerAddress, byte[]> out, Random random) {
        this.out = out;
        this.random = random;
    }

    boolean isFull() {
        return waiting.size() >= MOST;
    }

    /** @param query makes the message from a transaction id; not asked at all when too many wait, which counts as a failure */
    void ask(PeerAddress to, Function<Bytes, byte[]> query, Asked asked, long now) {
        if (isFull()) {
            asked.failed();
            return;
        }
        byte[] id = new byte[TRANSACTION_BYTES];
        do {
            random.nextBytes(id);
        } while (waiting.containsKey(Bytes.copyOf(id)));
        Bytes transaction = Bytes.copyOf(id);
        waiting.put(transaction, new Call(to, asked, now + PATIENCE_MILLIS));
        out.accept(to, query.apply(transaction));
    }

    /** @return whether it was an answer to a question of ours */
    boolean answered(PeerAddress from, DhtMessage.Answer answer) {
        Call call = take(from, answer.transaction());
        if (call != NONE) {
            call.asked().answered(answer);
        }
        return call != NONE;
    }

    void refused(PeerAddress from, Bytes transaction) {
        take(from, transaction).asked().failed();
    }

    private Call take(PeerAddress from, Bytes transaction) {
        Call call = waiting.getOrDefault(transaction, NONE);
        if (call == NONE || !call.to().equals(from)) {
            return NONE;
        }
        waiting.remove(transaction);
        return call;
    }

    void expire(long now) {
        List<Bytes> late = new ArrayList<>();
        waiting.forEach((transaction, call) -> {
            if (now >= call.deadline()) {
                late.add(transaction);
            }
        });
        // a failure may ask on, so the map is not changed while it is read
        late.forEach(transaction -> waiting.remove(transaction).asked().failed());
    }

    int waiting() {
        return waiting.size();
    }

    private static final Call NONE = new Call(PeerAddress.parse("0.0.0.0:1"), new Asked() {
        @Override
        public void answered(DhtMessage.Answer answer) { }

        @Override
        public void failed() { }
    }, 0);
}
