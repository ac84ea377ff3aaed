package org.sallyport.core.discovery;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sallyport.core.model.Bytes;

/**
 * One question for the addresses of a name, and how to read what a recursive server answers (RFC 1035, RFC 3596). Names in the answer are
 * skipped, not followed: pointers cannot lead in circles, and who answers on our connected socket is whom we asked.
 */
final class DnsQuestion {
    private static final int IN = 1;
    private static final int A = 1;
    private static final int AAAA = 28;
    private static final int HEADER = 12;
    private static final int ANSWER_BIT = 0x8000;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int CODE_BITS = 0x000f;
    private static final int NO_SUCH_NAME = 3;
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 255;
    private static final int MAX_ADDRESSES = 16;

    private final int type;
    private final byte[] message;

    private DnsQuestion(int type, byte[] message) {
        this.type = type;
        this.message = message;
    }

    /**
     * @param id   16 bits nobody can guess
     * @param ipv6 ask for IPv6 addresses, else for IPv4
     * @throws UnknownHostException if this cannot be a name in DNS
     */
    static DnsQuestion of(int id, String host, boolean ipv6) throws UnknownHostException {
        int type = ipv6 ? AAAA : A;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(id);
            out.writeShort(RECURSION_DESIRED);
            out.writeShort(1);
            out.write(new byte[6]); // no answers, authorities or additions
            out.write(name(host));
            out.writeShort(type);
            out.writeShort(IN);
        } catch (UnknownHostException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DnsQuestion(type, bytes.toByteArray());
    }

    private static byte[] name(String host) throws UnknownHostException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (String label : ascii(host).split("\\.")) {
            byte[] text = label.getBytes(StandardCharsets.US_ASCII);
            if (text.length == 0 || text.length > MAX_LABEL) {
                throw notAName(host);
            }
            name.write(text.length);
            name.writeBytes(text);
        }
        name.write(0);
        if (name.size() > MAX_NAME) {
            throw notAName(host);
        }
        return name.toByteArray();
    }

    private static String ascii(String host) throws UnknownHostException {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw notAName(host);
        }
    }

    private static UnknownHostException notAName(String host) {
        return new UnknownHostException(host + " is not a name that can be looked up");
    }

    Bytes message() {
        return Bytes.copyOf(message);
    }

    /** Whether these bytes answer this question: same number, same question (RFC 5452 section 9.1). */
    boolean isAnsweredBy(Bytes reply) {
        byte[] bytes = reply.toArray();
        if (bytes.length < message.length) {
            return false;
        }
        boolean sameId = bytes[0] == message[0] && bytes[1] == message[1];
        boolean answer = (bytes[2] & ANSWER_BIT >> 8) != 0;
        boolean oneQuestion = bytes[4] == 0 && bytes[5] == 1;
        return sameId && answer && oneQuestion && Arrays.equals(bytes, HEADER, message.length, message, HEADER, message.length);
    }

    /**
     * The addresses in a reply that {@link #isAnsweredBy} took: at most 16, none when the name has none of this kind. What was cut off
     * because it did not fit into a datagram is left out.
     * @throws UnknownHostException if there is no such name, the server cannot tell, or its reply is not DNS
     */
    List<InetAddress> addresses(Bytes reply) throws UnknownHostException {
        ByteBuffer bytes = ByteBuffer.wrap(reply.toArray());
        int code = bytes.getShort(2) & CODE_BITS;
        if (code != 0) {
            throw new UnknownHostException(code == NO_SUCH_NAME ? "there is no such name" : "the name server could not tell");
        }
        int answers = bytes.getShort(6) & 0xffff;
        bytes.position(message.length);
        List<InetAddress> found = new ArrayList<>();
        try {
            for (int i = 0; i < answers && found.size() < MAX_ADDRESSES; i++) {
                skipName(bytes);
                int recordType = bytes.getShort() & 0xffff;
                int recordClass = bytes.getShort() & 0xffff;
                bytes.getInt(); // time to live: nothing is kept
                byte[] data = new byte[bytes.getShort() & 0xffff];
                bytes.get(data);
                if (recordType == type && recordClass == IN && data.length == (type == A ? 4 : 16)) {
                    found.add(InetAddress.getByAddress(data));
                }
            }
        } catch (BufferUnderflowException e) {
            if (found.isEmpty()) {
                throw new UnknownHostException("the name server's answer is damaged");
            }
        }
        return found;
    }

    /** Labels, then the root or a pointer; a pointer ends the name (RFC 1035 section 4.1.4). */
    private static void skipName(ByteBuffer bytes) {
        int length = bytes.get() & 0xff;
        while (length != 0 && length <= MAX_LABEL) {
            bytes.get(new byte[length]);
            length = bytes.get() & 0xff;
        }
        if (length > MAX_LABEL) {
            bytes.get(); // second half of the pointer
        }
    }
}
