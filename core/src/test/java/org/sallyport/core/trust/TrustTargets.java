package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.testkit.FuzzTarget;

/** What one who wants to be paired sends, and the text that people carry over. */
public final class TrustTargets {
    private TrustTargets() { }

    public static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of("pairing-dialogue", TrustTargets::dialogue).and(dialogue(true).start(), answer(), dialogue(true).reject()),
                FuzzTarget.of("pairing-code", TrustTargets::code,
                        new PairingCode(Devices.id(1), new PairingSecret(new byte[16]), Devices.ADDRESSES).text()));
    }

    private static PairingDialogue dialogue(boolean initiates) {
        Bytes other = Devices.publicKey(initiates ? 1 : 2);
        return new PairingDialogue(initiates, Devices.publicKey(initiates ? 2 : 1), new DeviceName("Laptop"), Devices.ADDRESSES,
                new VerifiedPeer(DeviceId.of(other), other, false), Devices.RANDOM);
    }

    private static byte[] answer() {
        try {
            return dialogue(false).receive(dialogue(true).start());
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static void dialogue(byte[] bytes) {
        for (boolean initiates : new boolean[] {true, false}) {
            PairingDialogue ours = dialogue(initiates);
            byte[] own = initiates ? ours.start() : new byte[0];
            try {
                assertThat(own.length + ours.receive(bytes).length).isLessThan(4096);
            } catch (RefusedException refused) {
                assertThat(refused.refusal().rule()).matches("(pairing|device-address)\\..+");
            }
            assertThat(ours.result()).isEmpty();
        }
    }

    private static void code(byte[] bytes) {
        try {
            assertThat(PairingCode.parse(new String(bytes, StandardCharsets.UTF_8)).addresses()).hasSizeLessThanOrEqualTo(16);
        } catch (RefusedException refused) {
            assertThat(refused.refusal().rule()).matches("(pairing|device-address)\\..+");
        }
    }
}
