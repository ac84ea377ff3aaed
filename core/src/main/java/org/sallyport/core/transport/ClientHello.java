package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The first message of a TLS connection, gathered however it is split into packets and records, and the server name in it (RFC 8446
 * §4.1.2 and §5.1, RFC 6066 §3). Looks at each byte once; holds {@value #MAX_BYTES} bytes at most.
 */
final class ClientHello {
    static final int MAX_BYTES = 64 << 10;
    static final int FIRST_BYTE = 22;
    private static final int RECORD_HEAD = 5;
    private static final int MAX_FRAGMENT = 1 << 14;
    private static final int MESSAGE_HEAD = 4;
    private static final int CLIENT_HELLO = 1;
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;

    /** FOREIGN bytes can never become a ClientHello. */
    enum State { PARTIAL, WHOLE, FOREIGN }

    // not of the pool: when the loop ends, connections go without handlerRemoved, and nothing may be missing from it then
    private final ByteBuf received = Unpooled.buffer(512, MAX_BYTES);
    private final ByteBuf message = Unpooled.buffer(512, MAX_BYTES);
    private int nextRecord;
    private String serverName = "";

    /** Takes all of {@code in}. */
    State add(ByteBuf in) {
        if (in.readableBytes() > MAX_BYTES - received.readableBytes()) {
            return State.FOREIGN;
        }
        received.writeBytes(in);
        State state = State.PARTIAL;
        while (state == State.PARTIAL && received.writerIndex() - nextRecord >= RECORD_HEAD) {
            int fragment = received.getUnsignedShort(nextRecord + 3);
            if (received.getByte(nextRecord) != FIRST_BYTE || received.getByte(nextRecord + 1) != 3 || fragment < 1 || fragment > MAX_FRAGMENT) {
                return State.FOREIGN;
            }
            if (received.writerIndex() - nextRecord < RECORD_HEAD + fragment) {
                break;
            }
            message.writeBytes(received, nextRecord + RECORD_HEAD, fragment);
            nextRecord += RECORD_HEAD + fragment;
            state = readMessage();
        }
        return state;
    }

    /** All that came, for the TLS engine; the caller's from now on. */
    ByteBuf received() {
        return received;
    }

    /** Empty if there was none. Not checked in any way. */
    String serverName() {
        return serverName;
    }

    private State readMessage() {
        if (message.getByte(0) != CLIENT_HELLO) {
            return State.FOREIGN;
        }
        if (message.readableBytes() < MESSAGE_HEAD) {
            return State.PARTIAL;
        }
        int length = message.getUnsignedMedium(1);
        if (length > MAX_BYTES) {
            return State.FOREIGN;
        }
        if (message.readableBytes() < MESSAGE_HEAD + length) {
            return State.PARTIAL;
        }
        try {
            readHello(message.slice(MESSAGE_HEAD, length));
            return State.WHOLE;
        } catch (IndexOutOfBoundsException lengthsThatDoNotFit) {
            return State.FOREIGN;
        }
    }

    private void readHello(ByteBuf hello) {
        hello.skipBytes(VERSION_AND_RANDOM);
        hello.skipBytes(hello.readUnsignedByte()); // session id
        hello.skipBytes(hello.readUnsignedShort()); // cipher suites
        hello.skipBytes(hello.readUnsignedByte()); // compression
        if (!hello.isReadable()) {
            return;
        }
        ByteBuf extensions = hello.readSlice(hello.readUnsignedShort());
        while (extensions.isReadable()) {
            int type = extensions.readUnsignedShort();
            ByteBuf content = extensions.readSlice(extensions.readUnsignedShort());
            if (type == SERVER_NAME) {
                readServerName(content);
            }
        }
    }

    private void readServerName(ByteBuf content) {
        ByteBuf names = content.readSlice(content.readUnsignedShort());
        while (names.isReadable()) {
            int type = names.readUnsignedByte();
            String name = names.readCharSequence(names.readUnsignedShort(), StandardCharsets.ISO_8859_1).toString();
            if (type == HOST_NAME) {
                serverName = name;
            }
        }
    }
}
