package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.Couple.awaitDevices;
import static org.sallyport.core.engine.Couple.awaitStage;
import static org.sallyport.core.engine.Couple.devices;
import static org.sallyport.core.engine.Couple.pairing;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DeviceSnapshot.Standing;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;

/** Two people pair their devices with a code. */
class PairingByCodeTest {
    /** Who gets no answer does not wait long for it; still long enough for a handshake on a busy machine. */
    private static final Duration HURRY = Duration.ofSeconds(3);

    @TempDir
    Path temp;

    private Couple inAHurry() throws EngineStartException {
        return new Couple(new TestEngines(temp).withHandshake(HURRY), true);
    }

    private static List<String> rules(Engine engine, String event) {
        return events(engine, event).stream().map(each -> each.facts().get("rule")).toList();
    }

    private static void awaitRule(Engine engine, String event, String rule) {
        await(rule).atMost(SOON).until(() -> rules(engine, event).contains(rule));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothKnowEachOtherAfterBothSaidThatTheWordsAreTheSame(boolean readerListens) throws Exception {
        try (Couple couple = new Couple(new TestEngines(temp), readerListens)) {
            done(couple.reader.devices().nameOwn("Reader's laptop"));
            couple.compare();
            assertThat(pairing(couple.shower).otherName()).isEqualTo("Reader's laptop");
            assertThat(pairing(couple.shower).code()).isEmpty();

            assertThat(done(couple.reader.devices().confirm(true)).stage()).isEqualTo(Stage.WAITING);
            assertThat(devices(couple.reader)).isEmpty();
            done(couple.shower.devices().confirm(true));
            awaitStage(couple.reader, Stage.PAIRED);
            awaitStage(couple.shower, Stage.PAIRED);

            DeviceSnapshot there = devices(couple.shower).get(0);
            assertThat(there.name()).isEqualTo("Reader's laptop");
            assertThat(there.id()).isEqualTo(couple.reader.snapshot().devices().ownId());
            assertThat(there.standing()).isEqualTo(Standing.PAIRED);
            assertThat(there.addresses()).isEqualTo(readerListens ? List.of(addressOf(couple.reader)) : List.of());
            assertThat(devices(couple.reader).get(0).addresses()).containsExactly(addressOf(couple.shower));
            assertThat(events(couple.reader, "device.paired")).hasSize(1);
            assertThat(events(couple.shower, "device.paired")).hasSize(1);
            assertThat(done(couple.shower.devices().cancelPairing()).stage()).isEqualTo(Stage.NONE);
        }
    }

    @Test
    void showerMayConfirmFirst() throws Exception {
        try (Couple couple = Couple.in(temp).compare()) {
            done(couple.shower.devices().confirm(true));
            done(couple.reader.devices().confirm(true));

            awaitStage(couple.shower, Stage.PAIRED);
            awaitStage(couple.reader, Stage.PAIRED);
        }
    }

    @Test
    void devicesAreStillKnownAfterARestart() throws Exception {
        try (Couple couple = Couple.in(temp).pair()) {
            String id = couple.reader.snapshot().devices().ownId();
            couple.restartReader();

            awaitDevices(couple.reader, 1);
            assertThat(couple.reader.snapshot().devices().ownId()).isEqualTo(id);
        }
    }

    @Test
    void otherWordsLeaveNothingOnEitherSideAndSpendTheCode() throws Exception {
        try (Couple couple = inAHurry().compare()) {
            done(couple.shower.devices().confirm(true));
            PairingState ended = done(couple.reader.devices().confirm(false));

            assertThat(ended.stage()).isEqualTo(Stage.ENDED);
            assertThat(ended.rule()).isEqualTo("pairing.words-differ");
            assertThat(awaitStage(couple.shower, Stage.ENDED).rule()).isEqualTo("pairing.rejected");
            awaitRule(couple.reader, "pairing.refused", "pairing.words-differ");
            awaitRule(couple.shower, "pairing.refused", "pairing.rejected");
            assertThat(devices(couple.shower)).isEmpty();
            assertThat(devices(couple.reader)).isEmpty();
        }
    }

    @Test
    void whoShowsTheCodeMayRejectAfterTheOtherConfirmed() throws Exception {
        try (Couple couple = Couple.in(temp).compare()) {
            done(couple.reader.devices().confirm(true));
            done(couple.shower.devices().confirm(false));

            assertThat(awaitStage(couple.reader, Stage.ENDED).rule()).isEqualTo("pairing.rejected");
            assertThat(devices(couple.shower)).isEmpty();
            assertThat(devices(couple.reader)).isEmpty();
        }
    }

    @Test
    void cancellingEndsItOnBothSides() throws Exception {
        try (Couple couple = Couple.in(temp).compare()) {
            assertThat(done(couple.reader.devices().cancelPairing()).rule()).isEqualTo("pairing.cancelled");

            awaitStage(couple.shower, Stage.ENDED);
            assertThat(devices(couple.shower)).isEmpty();
        }
    }

    @Test
    void codeThatWasUsedIsRefusedAndTold() throws Exception {
        try (Couple couple = inAHurry()) {
            String code = couple.code();
            done(couple.reader.devices().pair(code));
            awaitStage(couple.shower, Stage.COMPARING);
            done(couple.reader.devices().confirm(true));
            done(couple.shower.devices().confirm(true));
            awaitStage(couple.reader, Stage.PAIRED);
            Engine third = couple.engines.start(couple.options("third"));

            assertThat(refused(third.devices().pair(code)).rule()).isEqualTo("pairing.no-answer");
            assertThat(pairing(third).rule()).isEqualTo("pairing.no-answer");
            awaitRule(third, "pairing.refused", "pairing.no-answer");
            awaitRule(couple.shower, "device.stranger", "pairing.code-used");
            assertThat(devices(third)).isEmpty();
        }
    }

    @Test
    void withdrawnCodeIsRefusedAndTold() throws Exception {
        try (Couple couple = inAHurry()) {
            String code = couple.code();
            done(couple.shower.devices().cancelPairing());

            assertThat(refused(couple.reader.devices().pair(code)).rule()).isEqualTo("pairing.no-answer");
            awaitRule(couple.shower, "device.stranger", "pairing.code-cancelled");
        }
    }

    @Test
    void newCodeReplacesTheOneBefore() throws Exception {
        try (Couple couple = inAHurry()) {
            String first = couple.code();
            String second = couple.code();

            assertThat(second).isNotEqualTo(first);
            assertThat(refused(couple.reader.devices().pair(first)).rule()).isEqualTo("pairing.no-answer");
            assertThat(done(couple.reader.devices().pair(second)).stage()).isEqualTo(Stage.COMPARING);
        }
    }

    @Test
    void codeEndsByItselfAfterTenMinutes() throws Exception {
        MovedClock clock = new MovedClock();
        try (Couple couple = new Couple(new TestEngines(temp).withClock(clock).withHandshake(HURRY), true)) {
            String code = couple.code();
            clock.move(Duration.ofMinutes(10).plusSeconds(1));

            assertThat(awaitStage(couple.shower, Stage.ENDED).rule()).isEqualTo("pairing.code-expired");
            assertThat(refused(couple.reader.devices().pair(code)).rule()).isEqualTo("pairing.no-answer");
            assertThat(rules(couple.shower, "device.stranger")).hasSize(1).first().asString().startsWith("pairing.code-");
        }
    }

    @Test
    void connectionsThatComeToNothingUseUpTheCode() throws Exception {
        try (Couple couple = inAHurry(); PairingIntruder intruder = PairingIntruder.in(temp)) {
            String code = couple.code();
            for (int i = 0; i < 3; i++) {
                intruder.knock(code);
                int tries = i + 1;
                await().atMost(SOON).until(() -> !rules(couple.shower, "pairing.refused").isEmpty() && intruder.closed() == tries);
            }

            assertThat(awaitStage(couple.shower, Stage.ENDED).rule()).isEqualTo("pairing.code-tries");
            assertThat(refused(couple.reader.devices().pair(code)).rule()).isEqualTo("pairing.no-answer");
            awaitEvent(couple.shower, "device.stranger");
        }
    }

    @Test
    void whoAnswersWithAnotherKeyIsRefusedAndTold() throws Exception {
        try (Couple couple = Couple.in(temp); PairingIntruder intruder = PairingIntruder.in(temp)) {
            String code = intruder.divert(couple.code());

            assertThat(refused(couple.reader.devices().pair(code)).rule()).isEqualTo("tls.unknown-peer");
            awaitRule(couple.reader, "pairing.refused", "tls.unknown-peer");
            assertThat(devices(couple.reader)).isEmpty();
            assertThat(pairing(couple.reader).stage()).isEqualTo(Stage.ENDED);
        }
    }

    @ParameterizedTest
    @CsvSource({"SALLYPORT:, pairing.code-check", "hello, pairing.code-format", "'', pairing.code-format"})
    void whatIsNoCodeIsRefused(String typed, String rule) throws Exception {
        try (Couple couple = Couple.in(temp)) {
            assertThat(refused(couple.reader.devices().pair(typed)).rule()).isEqualTo(rule);
            awaitRule(couple.reader, "pairing.refused", rule);
        }
    }

    @Test
    void oneTypingErrorIsNoticedBeforeAnybodyIsCalled() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            String code = couple.code();
            char wrong = code.charAt(40) == 'A' ? 'B' : 'A';

            String mistyped = code.substring(0, 40) + wrong + code.substring(41);
            assertThat(refused(couple.reader.devices().pair(mistyped)).rule()).isEqualTo("pairing.code-check");
        }
    }

    @Test
    void oneAtATime() throws Exception {
        try (Couple couple = Couple.in(temp).compare()) {
            assertThat(refused(couple.reader.devices().pair(PairingIntruder.someCode())).rule()).isEqualTo("pairing.under-way");
            awaitRule(couple.reader, "pairing.refused", "pairing.under-way");
            assertThat(refused(couple.shower.devices().offer()).rule()).isEqualTo("pairing.under-way");
            assertThat(pairing(couple.reader).stage()).isEqualTo(Stage.COMPARING);
        }
    }

    @Test
    void nothingIsConfirmedBeforeThereAreWords() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            couple.code();

            assertThat(refused(couple.shower.devices().confirm(true)).rule()).isEqualTo("pairing.nothing-to-compare");
            assertThat(refused(couple.reader.devices().confirm(true)).rule()).isEqualTo("pairing.nothing-to-compare");
            assertThat(pairing(couple.shower).stage()).isEqualTo(Stage.OFFERING);
        }
    }

    @Test
    void ownCodeIsRefused() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            assertThat(refused(couple.shower.devices().pair(couple.code())).rule()).isEqualTo("trust.own-device");
        }
    }

    @Test
    void withoutAPortThereIsNoCodeToShow() throws Exception {
        try (Couple couple = new Couple(new TestEngines(temp), false)) {
            assertThat(refused(couple.reader.devices().offer()).rule()).isEqualTo("pairing.no-port");
            awaitEvent(couple.reader, "pairing.refused");
        }
    }

    @Test
    void nobodyAtTheAddressIsSaidSo() throws Exception {
        try (Couple couple = Couple.in(temp)) {
            String code = couple.code();
            couple.shower.close();

            assertThat(refused(couple.reader.devices().pair(code)).rule()).isEqualTo("pairing.unreachable");
        }
    }

    @Test
    void whoLeavesBeforeConfirmingLeavesNothing() throws Exception {
        try (Couple couple = Couple.in(temp).compare()) {
            done(couple.shower.devices().confirm(true));
            couple.restartReader();

            assertThat(awaitStage(couple.shower, Stage.ENDED).rule()).isEqualTo("pairing.rejected");
            assertThat(devices(couple.shower)).isEmpty();
            assertThat(devices(couple.reader)).isEmpty();
            couple.pair();
        }
    }

    @Test
    void whatACrashLeftOnOneSideOnlyIsReplacedByPairingAgain() throws Exception {
        try (Couple couple = Couple.in(temp).pair()) {
            done(couple.reader.devices().remove(devices(couple.reader).get(0).id()));

            couple.pair();
            assertThat(devices(couple.shower)).hasSize(1);
            assertThat(devices(couple.reader)).hasSize(1);
        }
    }

    @Test
    void eventsTellNoSecret() throws Exception {
        try (Couple couple = inAHurry()) {
            String code = couple.code();
            done(couple.reader.devices().pair(code));
            List<String> words = awaitStage(couple.shower, Stage.COMPARING).words();
            done(couple.reader.devices().confirm(false));
            awaitStage(couple.shower, Stage.ENDED);

            for (Engine engine : List.of(couple.shower, couple.reader)) {
                awaitEvent(engine, "pairing.refused");
                assertThat(events(engine)).extracting(Event::toString).allSatisfy(text ->
                        assertThat(text).doesNotContain("SALLYPORT:").doesNotContain(String.join(" ", words)));
            }
        }
    }
}
