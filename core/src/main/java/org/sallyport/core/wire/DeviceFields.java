package org.sallyport.core.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.metainfo.BencodeList;
import org.sallyport.core.metainfo.DisplayText;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;

/** The fields of one device message, each within its bounds or a violation that names it. */
record DeviceFields(BencodeDict dict) {
    private static final int HASH_BYTES = 20;

    static WireViolation wrong(String field) {
        return new WireViolation("device.field", "sent a device message whose \"" + field + "\" is missing or out of bounds");
    }

    int integer(String field, int min, int max) throws WireViolation {
        return (int) number(field, min, max);
    }

    long number(String field, long min, long max) throws WireViolation {
        OptionalLong value = dict.integer(field);
        if (value.isEmpty() || value.getAsLong() < min || value.getAsLong() > max) {
            throw wrong(field);
        }
        return value.getAsLong();
    }

    /** One line without anything that hides or reorders. @param max characters as sent */
    String text(String field, int min, int max) throws WireViolation {
        Optional<byte[]> raw = dict.bytes(field);
        String text = dict.text(field, "");
        if (raw.isEmpty() || text.length() > max) {
            throw wrong(field);
        }
        String shown = DisplayText.line(text, max);
        if (shown.length() < min) {
            throw wrong(field);
        }
        return shown;
    }

    Bytes bytes(String field, int max) throws WireViolation {
        byte[] value = dict.bytes(field).orElseThrow(() -> wrong(field));
        if (value.length > max) {
            throw wrong(field);
        }
        return Bytes.copyOf(value);
    }

    InfoHash hash(String field) throws WireViolation {
        byte[] value = dict.bytes(field).orElseThrow(() -> wrong(field));
        if (value.length != HASH_BYTES) {
            throw wrong(field);
        }
        return InfoHash.of(value);
    }

    BencodeList list(String field, int max) throws WireViolation {
        BencodeList list = dict.list(field).orElseThrow(() -> wrong(field));
        if (list.size() > max) {
            throw wrong(field);
        }
        return list;
    }

    /** Host and port in 6 or 18 bytes, as BEP 23 and BEP 7 write them. */
    static byte[] bytes(PeerAddress address) {
        byte[] host = address.host().getAddress();
        byte[] bytes = new byte[host.length + Short.BYTES];
        System.arraycopy(host, 0, bytes, 0, host.length);
        bytes[host.length] = (byte) (address.port() >> 8);
        bytes[host.length + 1] = (byte) address.port();
        return bytes;
    }

    static PeerAddress address(byte[] bytes) throws WireViolation {
        if (bytes.length != 6 && bytes.length != 18) {
            throw wrong("addresses");
        }
        int hostBytes = bytes.length - Short.BYTES;
        int port = (bytes[hostBytes] & 0xff) << 8 | bytes[hostBytes + 1] & 0xff;
        if (port == 0) {
            throw wrong("addresses");
        }
        try {
            return new PeerAddress(InetAddress.getByAddress(Arrays.copyOf(bytes, hostBytes)), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
