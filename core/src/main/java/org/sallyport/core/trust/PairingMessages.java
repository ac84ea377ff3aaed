package org.sallyport.core.trust;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sallyport.core.model.RefusedException;

/**
 * The messages of the pairing dialogue on the wire: length of the rest (2 bytes, at most {@value #MAX_LENGTH}), kind (1 byte), content.
 * Collects what arrives in pieces and holds no more than one message.
 */
final class PairingMessages {
    static final int MAX_LENGTH = 1024;
    private static final int HEAD = Short.BYTES;
    /** A dialogue has four messages at most; more in one piece would be hostile. */
    private static final int MAX_RECEIVED = 4 * (HEAD + MAX_LENGTH);

    private byte[] received = new byte[0];

    /** What a message is for; the order is that of the numbers on the wire. */
    enum Kind { COMMIT, ANSWER, REVEAL, CONFIRM, REJECT }

    /** @param content taken over */
    record Message(Kind kind, byte[] content) {
        ByteBuffer buffer() {
            return ByteBuffer.wrap(content);
        }

        @Override
        public String toString() {
            return "Message(" + kind + ")";
        }
    }

    static byte[] encode(Kind kind, byte[]... parts) {
        int length = 1 + Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer out = ByteBuffer.allocate(HEAD + length).putShort((short) length).put((byte) kind.ordinal());
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    /** The whole messages there are now. @throws RefusedException {@code pairing.message} */
    List<Message> receive(byte[] piece) throws RefusedException {
        if (piece.length > MAX_RECEIVED) {
            throw malformed();
        }
        ByteBuffer in = ByteBuffer.wrap(Hashing.join(received, piece));
        List<Message> messages = new ArrayList<>();
        while (in.remaining() >= HEAD) {
            int length = Short.toUnsignedInt(in.getShort(in.position()));
            if (length < 1 || length > MAX_LENGTH) {
                throw malformed();
            }
            if (in.remaining() < HEAD + length) {
                break;
            }
            in.position(in.position() + HEAD);
            messages.add(read(take(in, length)));
        }
        received = take(in, in.remaining());
        return messages;
    }

    private static Message read(byte[] message) throws RefusedException {
        if (message[0] < 0 || message[0] >= Kind.values().length) {
            throw malformed();
        }
        return new Message(Kind.values()[message[0]], Arrays.copyOfRange(message, 1, message.length));
    }

    /** @throws RefusedException {@code pairing.message} if there are fewer */
    static byte[] take(ByteBuffer from, int length) throws RefusedException {
        if (from.remaining() < length) {
            throw malformed();
        }
        byte[] part = new byte[length];
        from.get(part);
        return part;
    }

    /** What remains, as text. */
    static String text(ByteBuffer from) throws RefusedException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(from).toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    static RefusedException malformed() {
        return new RefusedException("pairing.message",
                "The other device sent something that is not part of a pairing. Pair again; update Sallyport on both if it stays.");
    }
}
