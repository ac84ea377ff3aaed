package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;
import java.util.Set;

/** How a connection goes on after an MSE handshake. */
public enum MseMethod {
    /** As it is: only the handshakes were obfuscated. */
    PLAINTEXT(1),
    /** Every byte under RC4. */
    RC4(2);

    private final int bit;

    MseMethod(int bit) {
        this.bit = bit;
    }

    boolean isIn(int bits) {
        return (bits & bit) != 0;
    }

    boolean isOnly(int bits) {
        return bits == bit;
    }

    /** As crypto_provide or crypto_select. */
    static void write(Set<MseMethod> methods, ByteBuf out) {
        out.writeInt(methods.stream().mapToInt(method -> method.bit).sum());
    }
}
