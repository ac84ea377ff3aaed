package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.transport.ClientHello.State;
import org.sallyport.core.trust.TestDevice;
import org.sallyport.core.trust.TestDevice.Pretender;

class ClientHelloTest {
    @TempDir
    static Path folder;
    private static final String HEAD = "0303" + "00".repeat(32) + "00" + "00021301" + "0100";
    private static TestDevice device;
    private static String name;
    private static byte[] real;

    @BeforeAll
    static void makeHello() throws Exception {
        device = TestDevice.make(folder);
        SSLEngine engine = device.tls().dial(device.paired());
        name = TestDevice.serverName(engine);
        real = RawTls.hello(engine);
    }

    @Test
    void nameIsFoundWhereverTheBytesAreSplit() {
        for (int split = 1; split < real.length; split++) {
            ClientHello hello = new ClientHello();
            assertThat(add(hello, Arrays.copyOf(real, split))).isEqualTo(State.PARTIAL);
            assertThat(add(hello, Arrays.copyOfRange(real, split, real.length))).isEqualTo(State.WHOLE);
            assertThat(hello.serverName()).isEqualTo(name);
            assertThat(hello.received()).isEqualTo(Unpooled.wrappedBuffer(real));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void nameIsFoundHoweverTheMessageIsCutIntoRecords(int size) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int at = 5; at < real.length; at += size) {
            int length = Math.min(size, real.length - at);
            records.writeBytes(new byte[] {22, 3, 1, 0, (byte) length});
            records.write(real, at, length);
        }
        ClientHello hello = new ClientHello();

        assertThat(add(hello, records.toByteArray())).isEqualTo(State.WHOLE);
        assertThat(hello.serverName()).isEqualTo(name);
    }

    @Test
    void whatFollowsIsKept() {
        ClientHello hello = new ClientHello();
        byte[] more = Arrays.copyOf(real, real.length + 6);

        assertThat(add(hello, more)).isEqualTo(State.WHOLE);
        assertThat(hello.received().readableBytes()).isEqualTo(more.length);
    }

    @Test
    void helloWithoutNameHasNone() throws Exception {
        ClientHello hello = new ClientHello();

        assertThat(add(hello, RawTls.hello(device.pretend(Pretender.OTHER_KEY, Optional.empty())))).isEqualTo(State.WHOLE);
        assertThat(hello.serverName()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "'', WHOLE, ''",
            "0000, WHOLE, ''",
            "000a00000006000400000161, WHOLE, a",
            "000a00000006000401000161, WHOLE, ''",
            "000900000005000300000161, FOREIGN, ''",
            "000a00000006000500000161, FOREIGN, ''",
            "000a00000006000400000261, FOREIGN, ''",
            "000a00000007000400000161, FOREIGN, ''",
            "000b00000006000400000161, FOREIGN, ''",
            "000400000000, FOREIGN, ''",
            "0004000a0000, WHOLE, ''"})
    void extensionsAreReadWithinTheirBounds(String extensions, State state, String expected) {
        ClientHello hello = new ClientHello();
        byte[] body = HexFormat.of().parseHex(HEAD + extensions);

        assertThat(add(hello, record(message(1, body)))).isEqualTo(state);
        assertThat(hello.serverName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"160201000100", "1503010001", "1603010000", "1603014001", "160301000402000000", "160301000401010001",
            "16030100050100000103"})
    void otherBytesAreForeign(String hex) {
        assertThat(add(new ClientHello(), HexFormat.of().parseHex(hex))).isEqualTo(State.FOREIGN);
    }

    @Test
    void noMoreIsHeldThanAllowed() {
        ClientHello hello = new ClientHello();
        byte[] endless = record(message(1, new byte[ClientHello.MAX_BYTES - 4]), 1 << 14);

        assertThat(add(hello, Arrays.copyOf(endless, ClientHello.MAX_BYTES))).isEqualTo(State.PARTIAL);
        assertThat(add(hello, new byte[1])).isEqualTo(State.FOREIGN);
    }

    private static State add(ClientHello hello, byte[] bytes) {
        return hello.add(Unpooled.wrappedBuffer(bytes));
    }

    private static byte[] message(int type, byte[] body) {
        byte[] message = new byte[4 + body.length];
        message[0] = (byte) type;
        message[1] = (byte) (body.length >> 16);
        message[2] = (byte) (body.length >> 8);
        message[3] = (byte) body.length;
        System.arraycopy(body, 0, message, 4, body.length);
        return message;
    }

    private static byte[] record(byte[] message) {
        return record(message, message.length);
    }

    private static byte[] record(byte[] message, int size) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += size) {
            int length = Math.min(size, message.length - at);
            records.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            records.write(message, at, length);
        }
        return records.toByteArray();
    }
}
