package org.sallyport.core.discovery;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.model.Refusal;

/** One announce or scrape under way: what it asks, how its answer is read, how far it is. Network loop only. */
final class UdpQuestion<T> {
    /** Makes the datagram for one address. */
    @FunctionalInterface
    interface Writer {
        ByteBuffer write(long connection, int transaction, boolean ipv6) throws TrackerException;
    }

    /** Reads an answer. @return empty when it is none */
    @FunctionalInterface
    interface Reader<T> {
        Optional<T> read(ByteBuffer reply, boolean ipv6);
    }

    private static final Refusal GARBAGE = new Refusal("discovery.udp-reply",
            "The tracker answered with something that is no answer, so it was not used. Check that the address is really a tracker.");

    private final int action;
    private final List<InetSocketAddress> addresses;
    private final Writer writer;
    private final Reader<T> reader;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private int attempt;
    private boolean garbage;
    private boolean renewed;
    private @Nullable ScheduledFuture<?> timer;

    /** @param action of BEP 15 @param addresses of the tracker, in the order to try; at least one */
    UdpQuestion(int action, List<InetSocketAddress> addresses, Writer writer, Reader<T> reader) {
        this.action = action;
        this.addresses = List.copyOf(addresses);
        this.writer = writer;
        this.reader = reader;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    boolean isOver() {
        return answer.isDone();
    }

    int action() {
        return action;
    }

    /** The one whose turn it is: each repetition asks the next, in case the first cannot be reached from here. */
    InetSocketAddress address() {
        return addresses.get(attempt % addresses.size());
    }

    int attempt() {
        return attempt;
    }

    void nextAttempt() {
        attempt++;
    }

    /** Whether a forgotten connection id may be asked for once more; once. */
    boolean mayRenew() {
        boolean may = !renewed;
        renewed = true;
        return may;
    }

    ByteBuffer write(long connection, int transaction, boolean ipv6) throws TrackerException {
        return writer.write(connection, transaction, ipv6);
    }

    /** @return whether it was the answer; if not it is as if it had not come, but for the sentence when none comes */
    boolean read(ByteBuffer reply, boolean ipv6) {
        Optional<T> read = reader.read(reply, ipv6);
        read.ifPresent(this::succeed);
        return read.isPresent();
    }

    private void succeed(T value) {
        cancelTimer();
        answer.complete(value);
    }

    void garbageCame() {
        garbage = true;
    }

    void fail(TrackerException problem) {
        cancelTimer();
        answer.completeExceptionally(problem);
    }

    void failUnanswered(String sentence) {
        fail(garbage ? new TrackerException(GARBAGE) : new TrackerException(sentence));
    }

    void timer(ScheduledFuture<?> next) {
        cancelTimer();
        timer = next;
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
