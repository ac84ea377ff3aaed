package org.sallyport.core.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.sallyport.core.wire.Handshake;

/** Writes down what happens on one connection, one line each, and does what a test wants at some of them. Read from any thread. */
final class LinkLog implements LinkHandler {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final BiConsumer<PeerLink, String> then;
    private volatile Optional<PeerLink> link = Optional.empty();
    private volatile Optional<Handshake> theirs = Optional.empty();
    private ByteBuffer block = DISCARD;

    LinkLog() {
        this((link, line) -> { });
    }

    /** @param then runs on the network thread after each line was written down; lines {@code turn} and {@code writable} are not kept */
    LinkLog(BiConsumer<PeerLink, String> then) {
        this.then = then;
    }

    List<String> lines() {
        return lines;
    }

    PeerLink link() {
        return link.orElseThrow();
    }

    Handshake theirs() {
        return theirs.orElseThrow();
    }

    boolean isOpened() {
        return lines.contains("opened");
    }

    /** The lines that tell of an end; one, whatever happens. */
    List<String> ends() {
        return lines.stream().filter(line -> line.startsWith("closed ")).toList();
    }

    private void add(String line) {
        lines.add(line);
        link.ifPresent(known -> then.accept(known, line));
    }

    @Override
    public void opened(PeerLink opened, Handshake handshake) {
        link = Optional.of(opened);
        theirs = Optional.of(handshake);
        add("opened");
    }

    @Override
    public void closed(CloseReason reason) {
        add("closed " + reason.rule());
    }

    @Override
    public void writable() {
        then.accept(link(), "writable");
    }

    @Override
    public void turnEnds() {
        then.accept(link(), "turn");
    }

    @Override
    public void keepAlive() {
        add("keep-alive");
    }

    @Override
    public void choke() {
        add("choke");
    }

    @Override
    public void unchoke() {
        add("unchoke");
    }

    @Override
    public void interested() {
        add("interested");
    }

    @Override
    public void notInterested() {
        add("not-interested");
    }

    @Override
    public void have(int piece) {
        add("have " + piece);
    }

    @Override
    public void bitfield(byte[] bits) {
        add("bitfield " + bits.length);
    }

    @Override
    public void request(int piece, int begin, int length) {
        add("request " + piece + " " + begin + " " + length);
    }

    @Override
    public void cancel(int piece, int begin, int length) {
        add("cancel " + piece + " " + begin + " " + length);
    }

    @Override
    public void haveAll() {
        add("have-all");
    }

    @Override
    public void haveNone() {
        add("have-none");
    }

    @Override
    public void reject(int piece, int begin, int length) {
        add("reject " + piece + " " + begin + " " + length);
    }

    @Override
    public void allowedFast(int piece) {
        add("allowed-fast " + piece);
    }

    @Override
    public void suggest(int piece) {
        add("suggest " + piece);
    }

    @Override
    public void dhtPort(int port) {
        add("port " + port);
    }

    @Override
    public void extended(int id, byte[] payload) {
        add("extended " + id + " " + payload.length);
    }

    @Override
    public ByteBuffer pieceBegins(int piece, int begin, int length) {
        block = ByteBuffer.allocateDirect(length);
        lines.add("piece " + piece + " " + begin + " " + length);
        return block;
    }

    @Override
    public void pieceEnds() {
        add("block " + block.flip().hashCode());
    }
}
