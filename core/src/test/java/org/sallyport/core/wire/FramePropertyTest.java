package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;

/** However a stream is cut it means the same, and hostile streams end in a violation or in nothing. */
@Tag("hostile")
class FramePropertyTest {
    private static final int PIECES = 30;
    private static final int BITFIELD = 4;

    /** A message of ours and what the other side must hear. */
    record Sent(List<String> heard, byte[] bytes) {
        static Sent of(String heard, Consumer<ByteBuf> writer) {
            return new Sent(List.of(heard), Calls.written(writer));
        }
    }

    @Property(tries = 500)
    void streamMeansTheSameHoweverItIsCut(@ForAll("streams") List<Sent> stream, @ForAll @Size(max = 40) List<Integer> cuts) throws WireViolation {
        Calls calls = new Calls();

        feed(new FrameDecoder(calls, PIECES), join(stream), cuts);

        assertThat(calls.lines()).isEqualTo(stream.stream().flatMap(sent -> sent.heard().stream()).toList());
    }

    @Property(tries = 2000)
    void randomBytesEndInAViolationOrInNothing(@ForAll byte[] bytes, @ForAll @Size(max = 5) List<Integer> cuts) {
        decodeOrRefuse(bytes, cuts);
    }

    @Property(tries = 2000)
    void damagedStreamEndsInAViolationOrInMessagesThatFit(
            @ForAll("streams") List<Sent> stream, @ForAll @Size(min = 1, max = 4) List<Integer> places, @ForAll byte value,
            @ForAll @Size(max = 5) List<Integer> cuts) {
        byte[] bytes = join(stream);
        for (int place : places) {
            bytes = damage(bytes, place, value);
        }

        decodeOrRefuse(bytes, cuts);
    }

    @Property(tries = 2000)
    void smallFramesOfAnyShapeEndInAViolationOrInMessagesThatFit(@ForAll("shapes") List<byte[]> frames, @ForAll @Size(max = 5) List<Integer> cuts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        frames.forEach(whole::writeBytes);

        decodeOrRefuse(whole.toByteArray(), cuts);
    }

    /** {@link Calls} holds the decoder to its promises; nothing but a violation may come out. */
    private static void decodeOrRefuse(byte[] stream, List<Integer> cuts) {
        Calls whole = new Calls();
        Calls cut = new Calls();

        String first = outcome(whole, stream, List.of());
        String second = outcome(cut, stream, cuts);

        assertThat(second).isEqualTo(first).matches("|wire\\.(frame|message)-length");
        assertThat(cut.lines()).isEqualTo(whole.lines());
    }

    private static String outcome(Calls calls, byte[] stream, List<Integer> cuts) {
        try {
            feed(new FrameDecoder(calls, PIECES), stream, cuts);
            return "";
        } catch (WireViolation violation) {
            return violation.rule();
        }
    }

    private static void feed(FrameDecoder decoder, byte[] stream, List<Integer> cuts) throws WireViolation {
        TreeSet<Integer> ends = new TreeSet<>(List.of(stream.length));
        cuts.forEach(cut -> ends.add(Math.floorMod(cut, stream.length + 1)));
        int from = 0;
        for (int end : ends) {
            decoder.feed(Unpooled.wrappedBuffer(Arrays.copyOfRange(stream, from, end)));
            from = end;
        }
    }

    private static byte[] damage(byte[] bytes, int place, byte value) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = Math.floorMod(place, bytes.length);
        return switch (Math.floorMod(place, 3)) {
            case 0 -> {
                byte[] changed = bytes.clone();
                changed[at] = value;
                yield changed;
            }
            case 1 -> Arrays.copyOf(bytes, at);
            default -> {
                byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
                System.arraycopy(bytes, at + 1, shorter, at, bytes.length - 1 - at);
                yield shorter;
            }
        };
    }

    private static byte[] join(List<Sent> stream) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        stream.forEach(sent -> whole.writeBytes(sent.bytes()));
        return whole.toByteArray();
    }

    @Provide
    Arbitrary<List<Sent>> streams() {
        Arbitrary<Integer> number = Arbitraries.integers();
        Arbitrary<byte[]> payload = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<Sent> plain = Arbitraries.of(
                Sent.of("keep-alive", FrameEncoder::keepAlive), Sent.of("choke", FrameEncoder::choke), Sent.of("unchoke", FrameEncoder::unchoke),
                Sent.of("interested", FrameEncoder::interested), Sent.of("not-interested", FrameEncoder::notInterested),
                Sent.of("have-all", FrameEncoder::haveAll), Sent.of("have-none", FrameEncoder::haveNone));
        Arbitrary<Sent> have = number.map(n -> Sent.of(Calls.text("have", n), out -> FrameEncoder.have(out, n)));
        Arbitrary<Sent> request = Combinators.combine(number, number, number)
                .as((a, b, c) -> Sent.of(Calls.text("request", a, b, c), out -> FrameEncoder.request(out, a, b, c)));
        Arbitrary<Sent> cancel = Combinators.combine(number, number, number)
                .as((a, b, c) -> Sent.of(Calls.text("cancel", a, b, c), out -> FrameEncoder.cancel(out, a, b, c)));
        Arbitrary<Sent> reject = Combinators.combine(number, number, number)
                .as((a, b, c) -> Sent.of(Calls.text("reject", a, b, c), out -> FrameEncoder.reject(out, a, b, c)));
        Arbitrary<Sent> bitfield = Arbitraries.bytes().array(byte[].class).ofSize(BITFIELD)
                .map(bits -> Sent.of(Calls.text("bitfield", bits), out -> FrameEncoder.bitfield(out, bits)));
        Arbitrary<Sent> extended = Combinators.combine(Arbitraries.integers().between(0, 255), payload)
                .as((id, bytes) -> Sent.of(Calls.text("extended " + id, bytes), out -> FrameEncoder.extended(out, id, bytes)));
        Arbitrary<Sent> block = Combinators.combine(number, number, payload.filter(bytes -> bytes.length > 0))
                .as((piece, begin, bytes) -> new Sent(
                        List.of(Calls.text("piece", piece, begin, bytes.length), Calls.text("block", bytes)),
                        Calls.written(out -> {
                            FrameEncoder.pieceHead(out, piece, begin, bytes.length);
                            out.writeBytes(bytes);
                        })));
        Arbitrary<Sent> unknown = Combinators.combine(Arbitraries.of(10, 12, 18, 19, 21, 99, 255), payload)
                .as((id, bytes) -> new Sent(List.of(), Calls.written(out -> out.writeInt(1 + bytes.length).writeByte(id).writeBytes(bytes))));
        return Arbitraries.oneOf(plain, have, request, cancel, reject, bitfield, extended, block, unknown).list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<byte[]>> shapes() {
        return Combinators.combine(Arbitraries.integers().between(0, 40), Arbitraries.integers().between(0, 22),
                Arbitraries.integers().between(-1, 1))
                .as((length, id, lie) -> Calls.written(out -> out.writeInt(1 + length + lie).writeByte(id).writeZero(length)))
                .list().ofMaxSize(6);
    }
}
