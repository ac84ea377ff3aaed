package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.sallyport.core.testkit.FuzzTarget;
import org.sallyport.core.transport.ClientHello.State;

/** The first bytes of a connection. */
public final class TransportTargets {
    private static final String HELLO = "0303" + "00".repeat(32) + "00" + "00021301" + "0100";
    private static final String NAME = "0000" + "000a" + "0008" + "00" + "0005" + "612e6f7267";

    private TransportTargets() { }

    public static List<FuzzTarget> all() {
        return List.of(FuzzTarget.of("client-hello", TransportTargets::hello).and(
                record(HELLO), record(HELLO + "000e" + NAME), record(HELLO + "001c" + NAME + NAME), record(HELLO + "0004" + "00170000")));
    }

    private static byte[] record(String hello) {
        int length = hello.length() / 2;
        return HexFormat.of().parseHex(String.format("160301%04x01%06x", length + 4, length) + hello);
    }

    /** However it is cut it means the same. */
    private static void hello(byte[] bytes) {
        ClientHello whole = new ClientHello();
        ClientHello cut = new ClientHello();
        State first = whole.add(Unpooled.wrappedBuffer(bytes));
        State second = State.PARTIAL;
        for (int at = 0; at < bytes.length && second == State.PARTIAL; at++) {
            second = cut.add(Unpooled.wrappedBuffer(bytes, at, 1));
        }
        assertThat(second).isEqualTo(first);
        assertThat(cut.serverName()).isEqualTo(whole.serverName());
        assertThat(whole.received().readableBytes()).isLessThanOrEqualTo(ClientHello.MAX_BYTES);
    }
}
