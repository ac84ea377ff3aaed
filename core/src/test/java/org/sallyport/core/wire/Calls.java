package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** Writes down what a decoder calls, each call as one line, and holds it to the promises of {@link MessageSink}. */
final class Calls implements MessageSink {
    private final List<String> lines = new ArrayList<>();
    private final IntPredicate wanted;
    private ByteBuffer block = DISCARD;
    private String arriving = "";

    Calls() {
        this(piece -> true);
    }

    /** @param wanted by piece; blocks of others are let pass */
    Calls(IntPredicate wanted) {
        this.wanted = wanted;
    }

    List<String> lines() {
        return lines;
    }

    /** What a stream decodes to when it comes in one part. */
    static List<String> of(int pieceCount, byte[] stream) throws WireViolation {
        Calls calls = new Calls();
        new FrameDecoder(calls, pieceCount).feed(Unpooled.wrappedBuffer(stream));
        return calls.lines;
    }

    static String text(String name, int... numbers) {
        StringBuilder line = new StringBuilder(name);
        for (int number : numbers) {
            line.append(' ').append(number);
        }
        return line.toString();
    }

    static String text(String name, byte[] bytes) {
        return name + " " + HexFormat.of().formatHex(bytes);
    }

    /** Bytes of what a writer writes. */
    static byte[] written(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private void add(String name, int... numbers) {
        assertThat(arriving).as("a block was announced, but another message came").isEmpty();
        lines.add(text(name, numbers));
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
        add("have", piece);
    }

    @Override
    public void bitfield(byte[] bits) {
        add(text("bitfield", bits));
    }

    @Override
    public void request(int piece, int begin, int length) {
        add("request", piece, begin, length);
    }

    @Override
    public void cancel(int piece, int begin, int length) {
        add("cancel", piece, begin, length);
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
        add("reject", piece, begin, length);
    }

    @Override
    public void allowedFast(int piece) {
        add("allowed-fast", piece);
    }

    @Override
    public void suggest(int piece) {
        add("suggest", piece);
    }

    @Override
    public void dhtPort(int port) {
        assertThat(port).isBetween(0, 65_535);
        add("port", port);
    }

    @Override
    public void extended(int id, byte[] payload) {
        assertThat(id).isBetween(0, 255);
        add(text("extended " + id, payload));
    }

    @Override
    public ByteBuffer pieceBegins(int piece, int begin, int length) {
        assertThat(length).isBetween(1, FrameDecoder.MAX_BLOCK);
        if (!wanted.test(piece)) {
            add("passed", piece, begin, length);
            return DISCARD;
        }
        add("piece", piece, begin, length);
        arriving = lines.get(lines.size() - 1);
        block = ByteBuffer.allocateDirect(length);
        return block;
    }

    @Override
    public void pieceEnds() {
        assertThat(arriving).as("a block ended that was not announced").isNotEmpty();
        assertThat(block.remaining()).isZero();
        byte[] bytes = new byte[block.capacity()];
        block.flip().get(bytes);
        arriving = "";
        add(text("block", bytes));
    }
}
