package org.sallyport.core.trust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.core.model.Bytes;

/** Reads and writes files by which a publisher is introduced: certificates, public keys that were exported here, minisign keys. */
public final class PublisherFile {
    /** What is in front of the key ids of minisign, which has no names. */
    public static final String MINISIGN = "minisign.";
    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN (CERTIFICATE|PUBLIC KEY)-----\\s+([A-Za-z0-9+/=\\s]{40,30000}?)-----END (CERTIFICATE|PUBLIC KEY)-----");
    private static final Pattern ID_LINE = Pattern.compile("(?m)^id: (\\S{1,128})\\s*$");
    private static final int MINISIGN_KEY = 42;
    private static final int KEY_ID = 8;

    private PublisherFile() { }

    /** Somebody who is introduced. @param suggestedName what it calls itself */
    public record Introduction(String id, PublisherKey key, String suggestedName) { }

    /** @param content from anywhere, at most 64 KiB @throws TrustException if nobody is introduced by it */
    public static Introduction read(byte[] content) throws TrustException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (text.startsWith("untrusted comment:")) {
            return minisign(text);
        }
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            return certificate(content);
        }
        byte[] inner = decoded(pem.group(2));
        if (pem.group(1).equals("CERTIFICATE")) {
            return certificate(inner);
        }
        Matcher id = ID_LINE.matcher(text);
        if (!id.find()) {
            throw new TrustException("the public key does not say whose it is");
        }
        return new Introduction(id.group(1), PublisherKey.read(Bytes.copyOf(inner)), id.group(1));
    }

    private static Introduction certificate(byte[] der) throws TrustException {
        PublisherCertificate read = PublisherCertificate.read(Bytes.copyOf(der));
        if (read.commonName().isEmpty()) {
            throw new TrustException("the certificate names nobody");
        }
        return new Introduction(read.commonName(), read.key(), read.organisation().isEmpty() ? read.commonName() : read.organisation());
    }

    /** A comment, then in Base64 "Ed", the key's id and the key. */
    private static Introduction minisign(String text) throws TrustException {
        byte[] key = decoded(text.lines().skip(1).findFirst().orElse(""));
        if (key.length != MINISIGN_KEY || key[0] != 'E' || key[1] != 'd') {
            throw new TrustException("this is no public key of minisign");
        }
        String id = minisignId(Arrays.copyOfRange(key, 2, 2 + KEY_ID));
        return new Introduction(id, PublisherKey.ofEd25519(Arrays.copyOfRange(key, 2 + KEY_ID, MINISIGN_KEY)), id);
    }

    /** As minisign prints it: the number, not its bytes in order. */
    static String minisignId(byte[] littleEndian) {
        StringBuilder number = new StringBuilder();
        for (int i = littleEndian.length - 1; i >= 0; i--) {
            number.append(HexFormat.of().toHexDigits(littleEndian[i]));
        }
        return MINISIGN + number.toString().toUpperCase(Locale.ROOT);
    }

    static byte[] decoded(String base64) throws TrustException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new TrustException("this is no Base64", e);
        }
    }

    /** A public key with its id, readable by {@link #read} and by openssl. */
    static byte[] publicKey(Publisher publisher) {
        return ("id: " + publisher.id() + "\n" + pem("PUBLIC KEY", publisher.key().encoded())).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] certificate(Bytes der) {
        return pem("CERTIFICATE", der).getBytes(StandardCharsets.US_ASCII);
    }

    private static String pem(String type, Bytes content) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content.toArray())
                + "\n-----END " + type + "-----\n";
    }
}
