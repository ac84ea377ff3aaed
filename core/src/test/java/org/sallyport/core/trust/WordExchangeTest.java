package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.trust.Devices.RANDOM;
import static org.sallyport.core.trust.Devices.publicKey;
import static org.sallyport.core.trust.Devices.rule;

import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.Bytes;

class WordExchangeTest {
    private final WordExchange.Initiator initiator = new WordExchange.Initiator(publicKey(1), publicKey(2), RANDOM);
    private final WordExchange.Responder responder = new WordExchange.Responder(publicKey(2), publicKey(1), RANDOM);

    @Test
    void bothSidesSeeTheSameSixWords() throws Exception {
        SafetyWords ofInitiator = initiator.receive(responder.receive(initiator.commitment()));
        SafetyWords ofResponder = responder.open(initiator.reveal());

        assertThat(ofInitiator).isEqualTo(ofResponder);
        assertThat(ofInitiator.text().split(" ")).hasSize(6);
    }

    @Test
    void everyPairingHasOtherWords() throws Exception {
        Set<SafetyWords> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            WordExchange.Responder other = new WordExchange.Responder(publicKey(2), publicKey(1), RANDOM);
            other.receive(initiator.commitment());
            initiator.receive(Bytes.copyOf(new byte[32]));
            seen.add(other.open(initiator.reveal()));
        }

        assertThat(seen).hasSize(50);
    }

    @Test
    void somebodyInBetweenMakesTheWordsDiffer() throws Exception {
        Bytes middle = publicKey(9);
        WordExchange.Initiator victim = new WordExchange.Initiator(publicKey(1), middle, RANDOM);
        WordExchange.Responder towardsVictim = new WordExchange.Responder(middle, publicKey(1), RANDOM);
        WordExchange.Initiator towardsOther = new WordExchange.Initiator(middle, publicKey(2), RANDOM);
        WordExchange.Responder other = new WordExchange.Responder(publicKey(2), middle, RANDOM);

        SafetyWords seenByVictim = victim.receive(towardsVictim.receive(victim.commitment()));
        towardsOther.receive(other.receive(towardsOther.commitment()));

        assertThat(seenByVictim).isNotEqualTo(other.open(towardsOther.reveal()));
    }

    @Test
    void anotherNonceThanTheCommittedOneIsRefused() throws Exception {
        initiator.receive(responder.receive(initiator.commitment()));
        byte[] other = initiator.reveal().toArray();
        other[31] ^= 1;

        assertThat(rule(() -> responder.open(Bytes.copyOf(other)))).isEqualTo("pairing.reveal");
    }

    @Test
    void theCommitmentOfAnotherDeviceCannotBePassedOn() throws Exception {
        WordExchange.Responder talksToAnother = new WordExchange.Responder(publicKey(2), publicKey(9), RANDOM);
        initiator.receive(talksToAnother.receive(initiator.commitment()));

        assertThat(rule(() -> talksToAnother.open(initiator.reveal()))).isEqualTo("pairing.reveal");
    }

    @Test
    void messagesOfAnotherLengthAreRefused() throws Exception {
        for (int length : List.of(0, 31, 33, 10_000)) {
            Bytes message = Bytes.copyOf(new byte[length]);
            assertThat(rule(() -> initiator.receive(message))).isEqualTo("pairing.message");
            assertThat(rule(() -> new WordExchange.Responder(publicKey(2), publicKey(1), RANDOM).receive(message))).isEqualTo("pairing.message");
        }
        responder.receive(initiator.commitment());
        assertThat(rule(() -> responder.open(Bytes.copyOf(new byte[31])))).isEqualTo("pairing.message");
    }

    @Test
    void aStepOutOfOrderIsABug() throws Exception {
        assertThatThrownBy(initiator::reveal).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> responder.open(Bytes.copyOf(new byte[32]))).isInstanceOf(IllegalStateException.class);
        responder.receive(initiator.commitment());
        assertThatThrownBy(() -> responder.receive(initiator.commitment())).isInstanceOf(IllegalStateException.class);
    }

    /** The published SHA-256 of BIP 39's English list: another list on another device would never agree. */
    @Test
    void theListOfWordsIsTheOneOfBip39() throws Exception {
        try (InputStream in = SafetyWords.class.getResourceAsStream("words.txt")) {
            assertThat(HexFormat.of().formatHex(Hashing.sha256(in.readAllBytes())))
                    .isEqualTo("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
        }
    }

    /** Worked out once with Python's hashlib: both devices may run different versions, so the words must never change. */
    @Test
    void theWordsOfGivenKeysAndNoncesAreFixed() {
        byte[] sevens = new byte[32];
        Arrays.fill(sevens, (byte) 7);

        SafetyWords words = SafetyWords.of(publicKey(1), Bytes.copyOf(new byte[32]), publicKey(2), Bytes.copyOf(sevens));

        assertThat(words.text()).isEqualTo("motion raven nurse tiger jelly chapter");
    }
}
