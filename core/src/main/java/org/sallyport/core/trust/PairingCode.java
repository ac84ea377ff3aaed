package org.sallyport.core.trust;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;

/**
 * What one device shows and the other reads to find it and to be let in once. As text: {@code SALLYPORT:} and base32, all of it in the
 * alphabet that a QR code packs best; 108 characters with one IPv4 address. The bytes: version, key hash (32), secret (16), number of
 * addresses, each as length (4 or 16), host and port, and 4 bytes of SHA-256 over all that, against typing errors.
 *
 * @param id        the device that shows it
 * @param secret    lets the reader in; the text must be shown to nobody else
 * @param addresses 0..8, where it listens
 */
public record PairingCode(DeviceId id, PairingSecret secret, List<PeerAddress> addresses) {
    private static final String PREFIX = "SALLYPORT:";
    private static final byte VERSION = 1;
    private static final int CHECK = 4;
    private static final int MIN_BYTES = 1 + Hashing.LENGTH + PairingSecret.LENGTH + 1 + CHECK;
    /** Room for line breaks and spaces around and within what was pasted. */
    private static final int MAX_TYPED = 1000;

    public PairingCode {
        addresses = List.copyOf(addresses);
        if (addresses.size() > AddressList.MAX) {
            throw new IllegalArgumentException(addresses.size() + " addresses in a pairing code");
        }
    }

    /** For the QR code and the clipboard. A secret while it is valid: never for a log. */
    public String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.writeBytes(id.keyHash().toArray());
        out.writeBytes(secret.copy());
        out.writeBytes(AddressList.toBytes(addresses));
        out.writeBytes(check(out.toByteArray()));
        return PREFIX + Base32.encode(out.toByteArray()).toUpperCase(Locale.ROOT);
    }

    /**
     * Reads what was scanned, pasted or typed; either case, white space and dashes anywhere.
     *
     * @throws RefusedException {@code pairing.code-format}, {@code pairing.code-check}, {@code pairing.code-version},
     *         {@code device-address.*}
     */
    public static PairingCode parse(String typed) throws RefusedException {
        String text = typed.length() > MAX_TYPED ? "" : typed.replaceAll("[\\s\\u00a0-]", "").toUpperCase(Locale.ROOT);
        if (!text.startsWith(PREFIX)) {
            throw noCode();
        }
        byte[] content = Base32.decode(text.substring(PREFIX.length()).toLowerCase(Locale.ROOT)).orElseThrow(PairingCode::mistyped);
        if (content.length < MIN_BYTES) {
            throw mistyped();
        }
        byte[] body = Arrays.copyOf(content, content.length - CHECK);
        if (!MessageDigest.isEqual(check(body), Arrays.copyOfRange(content, body.length, content.length))) {
            throw mistyped();
        }
        return read(ByteBuffer.wrap(body));
    }

    private static PairingCode read(ByteBuffer body) throws RefusedException {
        if (body.get() != VERSION) {
            throw new RefusedException("pairing.code-version", "This code is from another version of Sallyport. Update Sallyport on both devices.");
        }
        DeviceId id = new DeviceId(Bytes.copyOf(take(body, Hashing.LENGTH)));
        PairingSecret secret = new PairingSecret(take(body, PairingSecret.LENGTH));
        List<PeerAddress> addresses = AddressList.read(body, PairingCode::noCode);
        if (body.hasRemaining()) {
            throw noCode();
        }
        return new PairingCode(id, secret, addresses);
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] part = new byte[length];
        from.get(part);
        return part;
    }

    private static byte[] check(byte[] body) {
        return Arrays.copyOf(Hashing.sha256(body), CHECK);
    }

    private static RefusedException noCode() {
        return new RefusedException("pairing.code-format",
                "This is not a pairing code. It begins with " + PREFIX + " and is shown on the other device under Add a device.");
    }

    private static RefusedException mistyped() {
        return new RefusedException("pairing.code-check", "This pairing code has a typing error or is cut off. Scan or paste it again as a whole.");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "PairingCode(" + id.shortText() + ", hidden)";
    }
}
