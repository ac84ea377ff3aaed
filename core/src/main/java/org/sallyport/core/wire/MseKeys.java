package org.sallyport.core.wire;

import java.math.BigInteger;
import java.util.Random;
import org.sallyport.core.model.Bytes;

/** One side's half of the key exchange of MSE: Diffie-Hellman over 768 bits with the generator 2 and a private key of 160 bits. */
public final class MseKeys {
    /** Of a public key and of what is agreed on. */
    public static final int LENGTH = 96;
    private static final int PRIVATE_BITS = 160;
    private static final BigInteger PRIME = new BigInteger("FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
            + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A63A36210000000000090563", 16);

    private final BigInteger privateKey;
    private final Bytes publicKey;

    private MseKeys(BigInteger privateKey) {
        this.privateKey = privateKey;
        this.publicKey = Bytes.copyOf(fixed(BigInteger.TWO.modPow(privateKey, PRIME)));
    }

    /** Fresh keys. Takes a tenth of a millisecond or more: not on the network thread. */
    public static MseKeys make(Random random) {
        return new MseKeys(new BigInteger(PRIVATE_BITS, random).setBit(PRIVATE_BITS - 1));
    }

    /** What the other side gets: {@value #LENGTH} bytes. */
    Bytes publicKey() {
        return publicKey;
    }

    /** The secret shared with the other side; as slow as {@link #make}. @param theirs of {@value #LENGTH} bytes, {@link #isPossible} */
    public Bytes agree(Bytes theirs) {
        return Bytes.copyOf(fixed(new BigInteger(1, theirs.toArray()).modPow(privateKey, PRIME)));
    }

    /** False for what no private key leads to, or to nothing secret: garbage such as zeros costs no exponentiation. */
    static boolean isPossible(Bytes theirs) {
        BigInteger number = new BigInteger(1, theirs.toArray());
        return number.compareTo(BigInteger.ONE) > 0 && number.compareTo(PRIME.subtract(BigInteger.ONE)) < 0;
    }

    private static byte[] fixed(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[LENGTH];
        int digits = Math.min(signed.length, LENGTH); // one more is the sign
        System.arraycopy(signed, signed.length - digits, fixed, LENGTH - digits, digits);
        return fixed;
    }
}
