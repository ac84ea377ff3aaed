package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.wire.MseMethod.PLAINTEXT;
import static org.sallyport.core.wire.MseMethod.RC4;
import static org.sallyport.core.wire.MseTalk.BOTH;
import static org.sallyport.core.wire.MseTalk.HASH;
import static org.sallyport.core.wire.MseTalk.HELLO;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.wire.MseHandshake.Need;

/** Both roles against each other. */
class MseHandshakeTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 511, 512})
    void bothSidesAgreeWithPaddingOfEveryLength(int padding) throws WireViolation {
        for (int step : new int[] {1, 2, 7, 20, 96, 608, 100_000}) {
            MseTalk talk = new MseTalk(Set.of(RC4), BOTH, HELLO, padding).run(step);

            assertThat(MseTalk.conversation(talk)).as("%d bytes at a time", step).containsExactly("caller", "called");
            assertThat(talk.ofCalled().initial()).isEqualTo(HELLO);
            assertThat(talk.ofCalled().hash()).isEqualTo(HASH);
            assertThat(talk.left()).isZero();
        }
    }

    @Property(tries = 300)
    void bothSidesAgreeHoweverTheBytesAreCut(@ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 700) Integer> sizes,
            @ForAll @IntRange(max = 512) int oddPadding, @ForAll @IntRange(max = 512) int evenPadding,
            @ForAll @Size(max = MseReceiver.MAX_INITIAL) byte[] initial)
            throws WireViolation {
        MseTalk talk = new MseTalk(Set.of(RC4, PLAINTEXT), BOTH, Bytes.copyOf(initial), oddPadding, evenPadding)
                .run(sizes.stream().mapToInt(Integer::intValue).toArray());

        assertThat(MseTalk.conversation(talk)).containsExactly("caller", "called");
        assertThat(talk.ofCalled().initial()).isEqualTo(Bytes.copyOf(initial));
    }

    @ParameterizedTest
    @CsvSource({
            "RC4,           RC4,           RC4",
            "RC4,           PLAINTEXT RC4, RC4",
            "PLAINTEXT,     RC4 PLAINTEXT, PLAINTEXT",
            "RC4 PLAINTEXT, RC4 PLAINTEXT, RC4",
            "RC4 PLAINTEXT, PLAINTEXT RC4, PLAINTEXT",
            "RC4 PLAINTEXT, PLAINTEXT,     PLAINTEXT",
            "PLAINTEXT,     RC4,           mse.method",
            "RC4,           PLAINTEXT,     mse.method"})
    void theOneWhoIsCalledChoosesAmongWhatIsOffered(String offered, String accepted, String chosen) {
        MseTalk talk = new MseTalk(Set.copyOf(methods(offered)), methods(accepted), HELLO, 3);

        String outcome;
        try {
            talk.run(50);
            assertThat(talk.ofCaller().method()).isEqualTo(talk.ofCalled().method());
            outcome = talk.ofCaller().method().name();
        } catch (WireViolation e) {
            outcome = e.rule();
        }

        assertThat(outcome).isEqualTo(chosen);
    }

    private static List<MseMethod> methods(String names) {
        return List.of(names.split(" ")).stream().map(MseMethod::valueOf).toList();
    }

    @Test
    void nothingThatFollowsTheHandshakeIsTaken() throws WireViolation {
        Random random = new Random(3);
        MseKeys callerKeys = MseKeys.make(random);
        MseKeys calledKeys = MseKeys.make(random);
        MseInitiator caller = new MseInitiator(HASH, Set.of(RC4), Bytes.EMPTY, callerKeys, MseTalk.pads(9));
        MseReceiver called = new MseReceiver(BOTH, MseTalk::find, MseTalk.pads(9));
        ByteBuf toCalled = Unpooled.buffer();
        ByteBuf toCaller = Unpooled.buffer();
        caller.begin(toCalled);
        called.feed(toCalled, toCaller);
        assertThat(called.feed(toCalled, toCaller)).isEqualTo(Need.SECRET);
        called.agreed(calledKeys, calledKeys.agree(called.theirKey()), toCaller);
        caller.feed(toCaller, toCalled);
        caller.feed(toCaller, toCalled);
        caller.agreed(callerKeys.agree(caller.theirKey()), toCalled);

        toCalled.writeBytes(new byte[] {1, 2, 3});
        assertThat(called.feed(toCalled, toCaller)).isEqualTo(Need.NOTHING);
        toCaller.writeBytes(new byte[] {4, 5});
        assertThat(caller.feed(toCaller, toCalled)).isEqualTo(Need.NOTHING);

        assertThat(toCalled.readableBytes()).isEqualTo(3);
        assertThat(toCaller.readableBytes()).isEqualTo(2);
        assertThat(called.stream().initial()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void theSecretIsTheSameOnBothSidesAndKeepsItsLength() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) { // one in 256 begins with a zero byte
            MseKeys one = MseKeys.make(random);
            MseKeys other = MseKeys.make(random);

            assertThat(one.publicKey().length()).isEqualTo(MseKeys.LENGTH);
            assertThat(one.agree(other.publicKey())).isEqualTo(other.agree(one.publicKey()));
            assertThat(one.agree(other.publicKey()).length()).isEqualTo(MseKeys.LENGTH);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 00, false", "1, 01, false", "2, 02, true", "3, ff, false"})
    void keysThatLeadToNothingSecretAreKnown(int what, String fill, boolean possible) {
        byte[] key = new byte[MseKeys.LENGTH];
        if (what == 3) {
            java.util.Arrays.fill(key, HexFormat.of().parseHex(fill)[0]);
        } else {
            key[key.length - 1] = HexFormat.of().parseHex(fill)[0];
        }

        assertThat(MseKeys.isPossible(Bytes.copyOf(key))).isEqualTo(possible);
        MseReceiver called = new MseReceiver(BOTH, MseTalk::find, MseTalk.pads(0));
        if (!possible) {
            assertThatThrownBy(() -> called.feed(Unpooled.wrappedBuffer(key), Unpooled.buffer()))
                    .isInstanceOfSatisfying(WireViolation.class, e -> assertThat(e.rule()).isEqualTo("mse.key"));
        }
    }
}
