package org.sallyport.core.transport;

import java.util.Optional;
import org.sallyport.core.trust.DeviceId;

/** How a connection is protected, and with that who is known to be at its other end: a peer id or an address is no proof of anybody. */
public sealed interface LinkSecurity {

    /** In clear, with anybody. */
    static LinkSecurity plain() {
        return new Plain();
    }

    /** In clear but for its looks (MSE), with anybody: not secure. @param whole all of it is obfuscated, not only the handshakes */
    static LinkSecurity obfuscated(boolean whole) {
        return new Obfuscated(whole);
    }

    /** In TLS, with this device and no other: its key was verified. */
    static LinkSecurity tls(DeviceId device) {
        return new Tls(device);
    }

    /** Who it is; empty without TLS. */
    Optional<DeviceId> device();

    default boolean isTls() {
        return device().isPresent();
    }

    /** See {@link #plain}. */
    record Plain() implements LinkSecurity {
        @Override
        public Optional<DeviceId> device() {
            return Optional.empty();
        }
    }

    /** See {@link #obfuscated}. */
    record Obfuscated(boolean whole) implements LinkSecurity {
        @Override
        public Optional<DeviceId> device() {
            return Optional.empty();
        }
    }

    /** See {@link #tls}. */
    record Tls(DeviceId verified) implements LinkSecurity {
        @Override
        public Optional<DeviceId> device() {
            return Optional.of(verified);
        }
    }
}
