package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.wire.MseMethod.RC4;
import static org.sallyport.core.wire.MseTalk.BOTH;
import static org.sallyport.core.wire.MseTalk.HASH;
import static org.sallyport.core.wire.MseTalk.HELLO;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.testkit.Aftermath;
import org.sallyport.core.wire.MseHandshake.Need;

/** Handshakes made by hand, right up to one thing. */
@Tag("hostile")
@net.jqwik.api.Tag("hostile")
class MseHostileTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    private static final InfoHash UNKNOWN = new InfoHash("ff0102030405060708090a0b0c0d0e0f10111213");
    private static final Random RANDOM = new Random(5);

    /** What a caller sends after its key, and what it comes to: a rule, DONE or WAITING. */
    record Call(String name, int padA, InfoHash torrent, InfoHash keyed, Consumer<ByteBuf> request, int sentPad, String outcome) {
        Call(String name, int padA, Consumer<ByteBuf> request, String outcome) {
            this(name, padA, HASH, HASH, request, padA, outcome);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Consumer<ByteBuf> request(long verification, int provided, int padC, int initial) {
        return out -> out.writeLong(verification).writeInt(provided).writeShort(padC).writeZero(Math.min(padC, 512)).writeShort(initial)
                .writeZero(Math.min(initial, MseReceiver.MAX_INITIAL));
    }

    static List<Call> calls() {
        return List.of(
                new Call("all right", 100, request(0, 2, 5, 68), "DONE"),
                new Call("no padding at all", 0, request(0, 2, 0, 0), "DONE"),
                new Call("bits nobody knows, and RC4", 1, request(0, 0xfffffffe, 0, 0), "DONE"),
                new Call("longest paddings and the most along", 512, request(0, 3, 512, MseReceiver.MAX_INITIAL), "DONE"),
                new Call("PadA one too long", 513, request(0, 2, 0, 0), "mse.mark"),
                new Call("PadC one too long", 0, request(0, 2, 513, 0), "mse.padding"),
                new Call("PadC far too long", 0, request(0, 2, 65_535, 0), "mse.padding"),
                new Call("too much along", 0, request(0, 2, 0, MseReceiver.MAX_INITIAL + 1), "mse.initial"),
                new Call("far too much along", 0, request(0, 2, 0, 65_535), "mse.initial"),
                new Call("wrong VC", 0, request(1, 2, 0, 0), "mse.verification"),
                new Call("nothing offered", 0, request(0, 0, 0, 0), "mse.method"),
                new Call("only unknown methods", 0, request(0, 0x7ffffffc, 0, 0), "mse.method"),
                new Call("torrent that is not here", 0, UNKNOWN, UNKNOWN, request(0, 2, 0, 0), 0, "mse.torrent"),
                new Call("keys of another torrent", 0, HASH, UNKNOWN, request(0, 2, 0, 0), 0, "mse.verification"),
                new Call("nothing but padding", 0, HASH, HASH, out -> { }, -1, "mse.mark"),
                new Call("request cut short", 0, out -> out.writeLong(0), "WAITING"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void callerIsHeldToTheRules(Call call) {
        for (int step : new int[] {1, 1000}) {
            MseReceiver called = new MseReceiver(BOTH, MseTalk::find, MseTalk.pads(20));
            MseKeys ours = MseKeys.make(RANDOM);
            MseKeys theirs = MseKeys.make(RANDOM);
            MseSecrets secrets = new MseSecrets(ours.agree(theirs.publicKey()));
            ByteBuf rest = Unpooled.buffer().writeZero(Math.max(0, call.sentPad()));
            if (call.sentPad() >= 0) {
                rest.writeBytes(secrets.beginning()).writeBytes(secrets.mask(MseSecrets.nameOf(call.torrent())));
                ByteBuf request = Unpooled.buffer();
                call.request().accept(request);
                secrets.fromCaller(call.keyed()).copy(request, rest);
            } else {
                rest.writeZero(600);
            }

            ByteBuf out = Unpooled.buffer();
            String outcome = outcome(() -> {
                called.feed(Unpooled.wrappedBuffer(theirs.publicKey().toArray()), out);
                called.agreed(ours, ours.agree(called.theirKey()), out);
                return feed(called, rest, step, out);
            });

            assertThat(outcome).isEqualTo(call.outcome());
            if (!outcome.equals("DONE")) {
                assertThat(out.readableBytes()).as("only our key and its padding").isEqualTo(MseKeys.LENGTH + 20);
            }
        }
    }

    /** What somebody who was dialled sends after its key and padding. */
    record Answer(String name, int padB, long verification, int selected, int padD, String outcome) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Answer> answers() {
        return List.of(
                new Answer("all right", 30, 0, 2, 9, "DONE"),
                new Answer("longest paddings", 512, 0, 2, 512, "DONE"),
                new Answer("PadB one too long", 513, 0, 2, 0, "mse.mark"),
                new Answer("PadD one too long", 0, 0, 2, 513, "mse.padding"),
                new Answer("wrong VC", 0, 1, 2, 0, "WAITING"),
                new Answer("chose what was not offered", 0, 0, 1, 0, "mse.method"),
                new Answer("chose two", 0, 0, 3, 0, "mse.method"),
                new Answer("chose none", 0, 0, 0, 0, "mse.method"),
                new Answer("chose the unknown", 0, 0, 0x80000000, 0, "mse.method"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void calledIsHeldToTheRules(Answer answer) {
        for (int step : new int[] {1, 1000}) {
            MseKeys ours = MseKeys.make(RANDOM);
            MseKeys theirs = MseKeys.make(RANDOM);
            MseInitiator caller = new MseInitiator(HASH, Set.of(RC4), HELLO, ours, MseTalk.pads(0));
            MseSecrets secrets = new MseSecrets(ours.agree(theirs.publicKey()));
            ByteBuf rest = Unpooled.buffer().writeZero(answer.padB());
            ByteBuf head = Unpooled.buffer().writeLong(answer.verification()).writeInt(answer.selected()).writeShort(answer.padD())
                    .writeZero(Math.min(512, answer.padD()));
            secrets.fromCalled(HASH).copy(head, rest);

            String outcome = outcome(() -> {
                ByteBuf out = Unpooled.buffer();
                caller.feed(Unpooled.wrappedBuffer(theirs.publicKey().toArray()), out);
                caller.agreed(ours.agree(caller.theirKey()), out);
                return feed(caller, rest, step, out);
            });

            assertThat(outcome).isEqualTo(answer.outcome());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 513})
    void noMoreThanPaddingComesBeforeOurKey(int early) {
        MseReceiver called = new MseReceiver(BOTH, MseTalk::find, MseTalk.pads(0));

        String outcome = outcome(() -> {
            ByteBuf key = Unpooled.wrappedBuffer(MseKeys.make(RANDOM).publicKey().toArray());
            called.feed(key, Unpooled.buffer());
            return feed(called, Unpooled.buffer().writeZero(early), 100, Unpooled.buffer());
        });

        assertThat(outcome).isEqualTo(early > 512 ? "mse.padding" : "SECRET");
    }

    @Property(tries = 1000)
    void randomBytesEndInAViolationOrInNothing(@ForAll @Size(max = 1500) byte[] bytes, @ForAll @IntRange(min = 1, max = 700) int step,
            @ForAll boolean asCaller) {
        MseKeys ours = MseKeys.make(RANDOM);
        MseReceiver called = new MseReceiver(BOTH, name -> MseTalk.find(MseHandshake.nameOf(HASH)), MseTalk.pads(0));
        MseInitiator caller = new MseInitiator(HASH, Set.copyOf(BOTH), HELLO, ours, MseTalk.pads(0));
        MseHandshake side = asCaller ? caller : called;

        String outcome = outcome(() -> {
            ByteBuf in = Unpooled.wrappedBuffer(bytes);
            ByteBuf out = Unpooled.buffer();
            while (in.isReadable() && side.need() != Need.NOTHING) {
                if (side.feed(in.readSlice(Math.min(step, in.readableBytes())), out) == Need.SECRET) {
                    if (asCaller) {
                        caller.agreed(ours.agree(caller.theirKey()), out);
                    } else {
                        called.agreed(ours, ours.agree(called.theirKey()), out);
                    }
                }
            }
            assertThat(out.readableBytes()).isLessThan(1000);
            return side.need().name();
        });

        assertThat(outcome).isIn("BYTES", "SECRET", "mse.key", "mse.mark", "mse.padding");
    }

    @Property(tries = 1000)
    void damagedRequestEndsInAViolationOrInAnAnswer(@ForAll @Size(min = 1, max = 3) byte[] values, @ForAll @IntRange(max = 181) int place) {
        MseReceiver called = new MseReceiver(BOTH, MseTalk::find, MseTalk.pads(4));
        MseKeys ours = MseKeys.make(RANDOM);
        MseKeys theirs = MseKeys.make(RANDOM);
        MseSecrets secrets = new MseSecrets(ours.agree(theirs.publicKey()));
        ByteBuf rest = Unpooled.buffer().writeZero(50).writeBytes(secrets.beginning()).writeBytes(secrets.mask(MseSecrets.nameOf(HASH)));
        ByteBuf request = Unpooled.buffer();
        request(0, 3, 7, 68).accept(request);
        secrets.fromCaller(HASH).copy(request, rest);
        byte[] bytes = ByteBufUtil.getBytes(rest);
        for (int i = 0; i < values.length; i++) {
            bytes[Math.min(bytes.length - 1, place + i)] ^= values[i];
        }

        String outcome = outcome(() -> {
            ByteBuf out = Unpooled.buffer();
            called.feed(Unpooled.wrappedBuffer(theirs.publicKey().toArray()), out);
            called.agreed(ours, ours.agree(called.theirKey()), out);
            return feed(called, Unpooled.wrappedBuffer(Arrays.copyOf(bytes, bytes.length)), 40, out);
        });

        assertThat(outcome).isIn("DONE", "WAITING", "mse.torrent", "mse.verification", "mse.method", "mse.padding", "mse.initial");
    }

    private interface Talk {
        String run() throws WireViolation;
    }

    private static String feed(MseHandshake side, ByteBuf bytes, int step, ByteBuf out) throws WireViolation {
        while (bytes.isReadable() && side.need() != Need.NOTHING) {
            side.feed(bytes.readSlice(Math.min(step, bytes.readableBytes())), out);
        }
        return switch (side.need()) {
            case NOTHING -> "DONE";
            case BYTES -> "WAITING";
            case SECRET -> "SECRET";
        };
    }

    private static String outcome(Talk talk) {
        try {
            return talk.run();
        } catch (WireViolation e) {
            return e.rule();
        }
    }
}
