package org.sallyport.core.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/** What both sides of an MSE handshake compute from the agreed secret and the info-hash. @param agreed S, 96 bytes */
record MseSecrets(Bytes agreed) {
    private static final int DISCARDED = 1024;

    /** Tells the receiver where the padding ends. */
    byte[] beginning() {
        return hash("req1", agreed.toArray());
    }

    /** HASH('req2', SKEY): what a torrent is called in the receiver's table. */
    static byte[] nameOf(InfoHash torrent) {
        return hash("req2", torrent.bytes());
    }

    /** A torrent's name made unrecognisable to those who do not know the secret, or recognisable again. */
    byte[] mask(byte[] name) {
        byte[] mask = hash("req3", agreed.toArray());
        for (int i = 0; i < mask.length; i++) {
            mask[i] ^= name[i];
        }
        return mask;
    }

    /** For what the caller sends. */
    Rc4 fromCaller(InfoHash torrent) {
        return new Rc4(hash("keyA", agreed.toArray(), torrent.bytes()), DISCARDED);
    }

    /** For what the one who was called sends. */
    Rc4 fromCalled(InfoHash torrent) {
        return new Rc4(hash("keyB", agreed.toArray(), torrent.bytes()), DISCARDED);
    }

    private static byte[] hash(String label, byte[]... parts) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(label.getBytes(StandardCharsets.US_ASCII));
            for (byte[] part : parts) {
                sha1.update(part);
            }
            return sha1.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
