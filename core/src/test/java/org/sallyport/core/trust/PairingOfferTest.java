package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.trust.Devices.rule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;

class PairingOfferTest {
    private final SetClock clock = new SetClock();
    private PairingOffer offer;

    @BeforeEach
    void make() throws Exception {
        offer = PairingOffer.make(Devices.id(1), Devices.ADDRESSES, clock, Devices.RANDOM);
    }

    @Test
    void aCodePairsOneDevice() {
        assertThat(begin()).isEmpty();
        offer.complete();

        assertThat(begin()).isEqualTo("pairing.code-used");
        offer.cancel();
        assertThat(begin()).isEqualTo("pairing.code-used");
    }

    @Test
    void threeConnectionsMayFail() {
        for (int i = 0; i < PairingOffer.TRIES; i++) {
            assertThat(begin()).isEmpty();
            offer.connectionLost();
        }

        assertThat(begin()).isEqualTo("pairing.code-tries");
    }

    @Test
    void aSecondDeviceHasToWaitAndCostsNoTry() {
        begin();
        for (int i = 0; i < 10; i++) {
            assertThat(begin()).isEqualTo("pairing.busy");
        }
        offer.connectionLost();

        assertThat(begin()).isEmpty();
    }

    @Test
    void wrongWordsEndIt() {
        begin();
        offer.cancel();
        offer.connectionLost();

        assertThat(begin()).isEqualTo("pairing.code-cancelled");
    }

    @Test
    void itIsGoodForTenMinutes() {
        clock.move(Duration.ofMinutes(10).minusMillis(1));
        assertThat(begin()).isEmpty();
        offer.connectionLost();
        clock.move(Duration.ofMillis(1));

        assertThat(begin()).isEqualTo("pairing.code-expired");
        assertThat(offer.expiresAt()).isEqualTo(clock.instant());
    }

    @Test
    void aClockPutBackDoesNotProlongIt() {
        clock.move(Duration.ofSeconds(-30));
        assertThat(begin()).isEmpty();
        offer.connectionLost();
        clock.move(Duration.ofHours(-3));

        assertThat(begin()).isEqualTo("pairing.code-expired");
    }

    @Test
    void addressesThatNobodyCanCallAreRefused() {
        assertThat(rule(() -> PairingOffer.make(Devices.id(1), List.of(PeerAddress.parse("0.0.0.0:6000")), clock, Devices.RANDOM)))
                .isEqualTo("device-address.kind");
    }

    private String begin() {
        Optional<Refusal> refusal = offer.begin();
        return refusal.map(Refusal::rule).orElse("");
    }
}
