package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.trust.Devices.ADDRESSES;
import static org.sallyport.core.trust.Devices.RANDOM;
import static org.sallyport.core.trust.Devices.publicKey;
import static org.sallyport.core.trust.Devices.rule;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.trust.PairingMessages.Kind;

class PairingDialogueTest {
    private static final DeviceName LAPTOP = new DeviceName("Ann's laptop");
    private static final DeviceName PHONE = new DeviceName("B\u00e9n \ud83d\ude80");
    private final PairingDialogue caller = dialogue(true);
    private final PairingDialogue called = dialogue(false);

    private static PairingDialogue dialogue(boolean initiates) {
        Bytes other = publicKey(initiates ? 1 : 2);
        return new PairingDialogue(initiates, publicKey(initiates ? 2 : 1), initiates ? PHONE : LAPTOP, ADDRESSES,
                new VerifiedPeer(DeviceId.of(other), other, false), RANDOM);
    }

    @Test
    void bothComeToTheSameWordsAndKeyAndKnowEachOther() throws Exception {
        talkUntilWords();
        assertThat(caller.words()).isPresent().isEqualTo(called.words());

        called.receive(caller.confirm());
        assertThat(called.result()).isEmpty();
        assertThat(caller.result()).isEmpty();
        caller.receive(called.confirm());

        PairingDialogue.Partner ofCaller = caller.result().orElseThrow();
        PairingDialogue.Partner ofCalled = called.result().orElseThrow();
        assertThat(ofCaller).isEqualTo(new PairingDialogue.Partner(publicKey(1), LAPTOP, ADDRESSES, ofCalled.pairKey()));
        assertThat(ofCalled).isEqualTo(new PairingDialogue.Partner(publicKey(2), PHONE, ADDRESSES, ofCaller.pairKey()));
        assertThat(ofCaller.toString()).doesNotContain("192.0.2.1").doesNotContain(LAPTOP.text());
    }

    @Test
    void bytesMayArriveOneByOne() throws Exception {
        byte[] answer = new byte[0];
        for (byte each : caller.start()) {
            assertThat(answer).isEmpty();
            answer = called.receive(new byte[] {each});
        }
        called.receive(caller.receive(answer));

        assertThat(called.words()).isPresent().isEqualTo(caller.words());
    }

    @Test
    void severalMessagesMayArriveAtOnce() throws Exception {
        byte[] reveal = caller.receive(called.receive(caller.start()));
        called.receive(Hashing.join(reveal, caller.confirm()));
        called.confirm();

        assertThat(called.result()).isPresent();
    }

    @Test
    void rejectedWordsLeaveNothing() throws Exception {
        talkUntilWords();
        caller.confirm();

        assertThat(rule(() -> caller.receive(called.reject()))).isEqualTo("pairing.rejected");
        assertThat(caller.result()).isEmpty();
    }

    @Test
    void aConfirmationBeforeTheWordsIsRefused() throws Exception {
        assertThat(rule(() -> called.receive(PairingMessages.encode(Kind.CONFIRM)))).isEqualTo("pairing.message");
        assertThatThrownBy(caller::confirm).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRepeatedMessageIsRefused() throws Exception {
        byte[] commit = caller.start();
        called.receive(commit);

        assertThat(rule(() -> called.receive(commit))).isEqualTo("pairing.message");
    }

    @Test
    void aRevealOfSomethingElseIsRefused() throws Exception {
        called.receive(caller.start());

        assertThat(rule(() -> called.receive(PairingMessages.encode(Kind.REVEAL, new byte[32])))).isEqualTo("pairing.reveal");
        assertThat(called.words()).isEmpty();
    }

    /** Length, kind, content. */
    @ParameterizedTest
    @ValueSource(strings = {"0000", "0401", "ffff", "000105", "0001ff", "000100", "000101", "000102", "000103", "00022000"})
    void malformedMessagesAreRefused(String hex) {
        assertThat(rule(() -> called.receive(HexFormat.of().parseHex(hex)))).isEqualTo("pairing.message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0001", "0400", "002100"})
    void theRestOfAMessageIsWaitedFor(String hex) throws Exception {
        assertThat(called.receive(HexFormat.of().parseHex(hex))).isEmpty();
    }

    @Test
    void aConfirmationHasNoContent() throws Exception {
        talkUntilWords();
        called.confirm();

        assertThat(rule(() -> called.receive(PairingMessages.encode(Kind.CONFIRM, new byte[1])))).isEqualTo("pairing.message");
        assertThat(called.result()).isEmpty();
    }

    @Test
    void anIntroductionWithBadContentIsRefused() {
        byte[] start = new byte[64];
        assertThat(rule(() -> called.receive(PairingMessages.encode(Kind.COMMIT, start)))).isEqualTo("pairing.message");
        assertThat(rule(() -> dialogue(false).receive(PairingMessages.encode(Kind.COMMIT, start, new byte[] {9})))).isEqualTo("pairing.message");
        assertThat(rule(() -> dialogue(false).receive(PairingMessages.encode(Kind.COMMIT, start, new byte[] {0, (byte) 0xff}))))
                .isEqualTo("pairing.message");
        assertThat(rule(() -> dialogue(false).receive(PairingMessages.encode(Kind.COMMIT, start, new byte[] {1, 4, 0, 0, 0, 0, 1, 1}))))
                .isEqualTo("device-address.kind");
    }

    @Test
    void aFloodIsRefused() {
        assertThat(rule(() -> called.receive(new byte[1_000_000]))).isEqualTo("pairing.message");
    }

    @Property(tries = 300)
    void anyBytesAreRefusedOrWaitedFor(@ForAll @Size(max = 200) byte[] bytes) {
        survives(dialogue(false), bytes);
        survives(dialogue(true), bytes);
    }

    @Property(tries = 300)
    void aChangedByteNeverPairs(@ForAll @IntRange(max = 150) int at, @ForAll @IntRange(min = 1, max = 255) int change) {
        PairingDialogue first = dialogue(true);
        PairingDialogue second = dialogue(false);
        byte[] commit = first.start();
        commit[at % commit.length] ^= (byte) change;
        survives(second, commit);
        assertThat(second.result()).isEmpty();
    }

    private static void survives(PairingDialogue dialogue, byte[] bytes) {
        try {
            dialogue.receive(bytes);
        } catch (RefusedException e) {
            assertThat(e.refusal().rule()).matches("pairing\\..*|device-address\\..*");
        }
        assertThat(dialogue.result()).isEmpty();
    }

    private void talkUntilWords() throws Exception {
        called.receive(caller.receive(called.receive(caller.start())));
    }
}
