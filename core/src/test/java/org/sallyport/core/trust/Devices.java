package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;

/** Devices and keys to pair with. */
final class Devices {
    static final SecureRandom RANDOM = new SecureRandom();
    static final List<PeerAddress> ADDRESSES = List.of(PeerAddress.parse("192.0.2.1:6000"), PeerAddress.parse("[2001:db8::1]:6001"));

    private Devices() { }

    /** Looks like a P-256 key, and is the key of nobody. */
    static Bytes publicKey(int number) {
        byte[] key = new byte[91];
        Arrays.fill(key, (byte) number);
        return Bytes.copyOf(key);
    }

    static DeviceId id(int number) {
        return DeviceId.of(publicKey(number));
    }

    static PairKey pairKey(int number) {
        byte[] key = new byte[PairKey.LENGTH];
        Arrays.fill(key, (byte) number);
        return new PairKey(key);
    }

    static PairedDevice paired(int number) {
        return paired(publicKey(number), pairKey(number));
    }

    static PairedDevice paired(Bytes publicKey, PairKey pairKey) {
        return new PairedDevice(DeviceId.of(publicKey), publicKey, new DeviceName("Laptop"), ADDRESSES, SetClock.START, SetClock.START, pairKey);
    }

    static AwaitedDevice awaited(DeviceId id) {
        return new AwaitedDevice(id, new DeviceName("Tablet"), ADDRESSES, SetClock.START);
    }

    /** The rule that refuses; fails the test if nothing does. */
    static String rule(ThrowingCallable refused) {
        return catchThrowableOfType(RefusedException.class, refused).refusal().rule();
    }
}
