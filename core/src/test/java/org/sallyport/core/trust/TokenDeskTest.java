package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.trust.Devices.RANDOM;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.trust.Caller.Kind;

class TokenDeskTest {
    private static final DeviceId SELF = Devices.id(1);
    private static final DeviceId ELSEWHERE = Devices.id(99);

    private final SetClock clock = new SetClock();
    private final TokenDesk desk = new TokenDesk(SELF, clock);

    /** Worked out once with Python's hmac: both devices may run different versions, so the form must never change. */
    @Test
    void aTokenOfAnotherMakeIsUnderstood() {
        desk.serve(List.of(Devices.paired(3)), List.of());

        assertThat(desk.find("aaaqeayeaudaocajbif5lg745qly2yqoryhcsc36gax5e63qnvoa")).isEqualTo(new Caller.Paired(Devices.paired(3)));
    }

    @Test
    void aTokenIsOneDnsLabel() {
        assertThat(label(Devices.pairKey(3))).matches("[a-z2-7]{52}").isNotEqualTo(label(Devices.pairKey(3)));
    }

    @Test
    void eachOf64DevicesIsToldFromTheOthers() {
        List<PairedDevice> all = IntStream.rangeClosed(1, 64).mapToObj(Devices::paired).toList();
        desk.serve(all, List.of());

        for (PairedDevice device : all) {
            assertThat(desk.find(label(device.pairKey()))).isEqualTo(new Caller.Paired(device));
        }
    }

    @Test
    void aDeviceThatWasRemovedIsAStranger() {
        desk.serve(List.of(Devices.paired(3), Devices.paired(4)), List.of());
        desk.serve(List.of(Devices.paired(4)), List.of());

        assertThat(rule(label(Devices.pairKey(3)))).isEqualTo("tls.unknown-token");
        assertThat(desk.find(label(Devices.pairKey(4))).kind()).isEqualTo(Kind.PAIRED);
    }

    @Test
    void aTokenForAnotherDeviceOrWithAnotherKeyIsUnknown() {
        desk.serve(List.of(Devices.paired(3)), List.of());

        assertThat(rule(SniToken.label(Devices.pairKey(3), ELSEWHERE, clock.instant(), RANDOM))).isEqualTo("tls.unknown-token");
        assertThat(rule(label(Devices.pairKey(4)))).isEqualTo("tls.unknown-token");
    }

    /** The clock stands at half a minute into an epoch of two. */
    @ParameterizedTest
    @CsvSource({"0, true", "89, true", "-30, true", "90, true", "209, true", "210, false", "-150, true", "-151, false", "86400, false",
            "-86400, false"})
    void clocksMayDifferByOneEpoch(long seconds, boolean accepted) {
        desk.serve(List.of(Devices.paired(3)), List.of());
        String label = label(Devices.pairKey(3));
        clock.move(Duration.ofSeconds(seconds));

        assertThat(desk.find(label).kind() == Kind.PAIRED).isEqualTo(accepted);
    }

    @Test
    void aTokenIsGoodOnce() {
        desk.serve(List.of(Devices.paired(3)), List.of());
        String label = label(Devices.pairKey(3));
        desk.find(label);

        assertThat(rule(label)).isEqualTo("tls.replayed-token");
        clock.move(Duration.ofSeconds(200));
        assertThat(rule(label)).isEqualTo("tls.replayed-token");
        desk.serve(List.of(Devices.paired(3)), List.of());
        assertThat(rule(label)).isEqualTo("tls.replayed-token");
    }

    @Test
    void garbageDoesNotPushUsedTokensOut() {
        desk.serve(List.of(Devices.paired(3)), List.of());
        String label = label(Devices.pairKey(3));
        desk.find(label);
        for (int i = 0; i < 5_000; i++) {
            desk.find(SniToken.label(Devices.pairKey(4), SELF, clock.instant(), RANDOM));
        }

        assertThat(rule(label)).isEqualTo("tls.replayed-token");
    }

    @Test
    void aTokenWrittenInAnotherWayIsNoToken() {
        desk.serve(List.of(Devices.paired(3)), List.of());
        String label = label(Devices.pairKey(3));
        desk.find(label);
        char last = label.charAt(51);
        String sameBytes = label.substring(0, 51) + Base32.ALPHABET.charAt(Base32.value(last) + 1);

        assertThat(rule(sameBytes)).isEqualTo("tls.no-token");
        assertThat(rule(label.toUpperCase(Locale.ROOT))).isEqualTo("tls.no-token");
        assertThat(rule(label + ".example")).isEqualTo("tls.no-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "\u00fc",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1"})
    void otherNamesAreNoToken(String name) {
        desk.serve(List.of(Devices.paired(3)), List.of());

        assertThat(rule(name)).isEqualTo("tls.no-token");
        assertThat(rule(name + "a".repeat(100_000))).isEqualTo("tls.no-token");
    }

    @Property
    void anyNameIsAStrangers(@ForAll String name, @ForAll @Size(32) byte[] token) {
        desk.serve(List.of(Devices.paired(3)), List.of(Devices.awaited(ELSEWHERE)));

        assertThat(desk.find(name).kind()).isEqualTo(Kind.STRANGER);
        assertThat(rule(Base32.encode(token))).isEqualTo("tls.unknown-token");
    }

    @Test
    void aDeviceWeWaitForIsKnownByBothIds() {
        AwaitedDevice awaited = Devices.awaited(ELSEWHERE);
        desk.serve(List.of(Devices.paired(3)), List.of(awaited));

        assertThat(desk.find(label(PairingSecret.ofIds(ELSEWHERE, SELF)))).isEqualTo(new Caller.Awaited(awaited));
        assertThat(rule(label(PairingSecret.ofIds(ELSEWHERE, Devices.id(5))))).isEqualTo("tls.unknown-token");
    }

    @Test
    void whoReadOurCodeIsInvitedWhileItIsGood() throws Exception {
        PairingOffer offer = offer();
        PairingSecret secret = offer.code().secret();
        desk.offer(offer);

        assertThat(desk.find(label(secret))).isEqualTo(new Caller.Invited(offer));
        assertThat(rule(label(secret))).isEqualTo("pairing.busy");
        offer.complete();
        assertThat(rule(label(secret))).isEqualTo("pairing.code-used");
    }

    @Test
    void aReplayedPairingTokenCostsNoTry() throws Exception {
        PairingOffer offer = offer();
        desk.offer(offer);
        String label = label(offer.code().secret());
        desk.find(label);
        offer.connectionLost();
        for (int i = 0; i < 5; i++) {
            assertThat(rule(label)).isEqualTo("tls.replayed-token");
        }

        assertThat(desk.find(label(offer.code().secret())).kind()).isEqualTo(Kind.INVITED);
    }

    @Test
    void aNewCodeReplacesTheLast() throws Exception {
        PairingOffer first = offer();
        desk.offer(first);
        desk.offer(offer());

        assertThat(rule(label(first.code().secret()))).isEqualTo("tls.unknown-token");
    }

    private PairingOffer offer() throws Exception {
        return PairingOffer.make(SELF, List.of(), clock, RANDOM);
    }

    private String label(Secret key) {
        return SniToken.label(key, SELF, clock.instant(), RANDOM);
    }

    private String rule(String label) {
        return desk.find(label) instanceof Caller.Stranger stranger ? stranger.refusal().rule() : "let in";
    }
}
