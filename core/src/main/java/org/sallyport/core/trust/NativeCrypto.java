package org.sallyport.core.trust;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SHA1Spi;
import com.amazon.corretto.crypto.provider.SHA256Spi;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The digests of pieces and files and the cipher of TLS in native code, for whoever asks this process for SHA-1, SHA-256 or AES-GCM from now on:
 * the first provider that has them gives them. Of AmazonCorrettoCryptoProvider nothing else is offered there; who asks for another gets the
 * JDK's as ever (decisions 22 and 23).
 */
public final class NativeCrypto {
    static final String PROVIDER = "SallyportNative";
    private static final Logger LOG = LoggerFactory.getLogger(NativeCrypto.class);
    /** Corretto's own word for it. */
    private static final String READY = "com.amazon.corretto.crypto.provider.useExternalLib";
    private static final String CIPHER = "Cipher";
    private static final String DIGEST = "MessageDigest";
    private static final String SHA_1 = "SHA-1";
    private static final String SHA_256 = "SHA-256";
    /** FIPS 180-2: the answers to "abc". */
    private static final Map<String, String> ANSWERS = Map.of(SHA_1, "a9993e364706816aba3e25717850c26c9cd0d89d",
            SHA_256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    private static final String GCM = "AES/GCM/NoPadding";
    /** McGrew and Viega, "The Galois/Counter Mode of Operation", test case 2: a block of zeros under a key of zeros, with its tag. */
    private static final String ZEROS = "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf";
    private static final int BLOCK = 16;
    private static final int NONCE = 12;

    private NativeCrypto() { }

    private static final class Offered {
        static final Chosen PROVIDER = new Chosen();
        static final boolean DIGESTS = offerDigests(PROVIDER);
    }

    private static final class CipherOffered {
        static final boolean DONE = offerCipher(Offered.PROVIDER);
    }

    /** Whether the launcher has laid the native code ready, and leaves digests to it. */
    public static boolean isReady() {
        return Boolean.getBoolean(READY);
    }

    /**
     * From now on the digests are used, where they run. Any thread, but the first call loads the native code: none for the network thread.
     * @return whether they run; if not, everything is as it was
     */
    public static boolean preferDigests() {
        return Offered.DIGESTS;
    }

    /**
     * From now on the digests and the cipher are used, where they run. Any thread, but the first call takes up to a third of a second, most of it
     * for the cipher, so it comes with the first connection that is encrypted; none for the network thread.
     * @return whether the cipher runs; if not, the JDK's does as ever
     */
    public static boolean prefer() {
        return CipherOffered.DONE;
    }

    private static boolean offerDigests(Chosen chosen) {
        try {
            offerTried(chosen, SHA_1, SHA1Spi.class);
            offerTried(chosen, SHA_256, SHA256Spi.class);
            return isFirst(chosen);
        } catch (LinkageError | RuntimeException | GeneralSecurityException e) {
            LOG.debug("no native digests on this system", e);
        }
        return false;
    }

    private static void offerTried(Chosen chosen, String algorithm, Class<?> implementation) throws GeneralSecurityException {
        Chosen trial = new Chosen();
        trial.offerDigest(algorithm, implementation);
        if (knowsAbc(MessageDigest.getInstance(algorithm, trial), ANSWERS.get(algorithm))) {
            chosen.offerDigest(algorithm, implementation);
        }
    }

    private static boolean offerCipher(Chosen chosen) {
        try {
            Provider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
            if (corretto.getService(CIPHER, GCM) == null || !knowsZeros(Cipher.getInstance(GCM, corretto))) {
                return false;
            }
            chosen.offerCipher(corretto.getService(CIPHER, GCM));
            return isFirst(chosen);
        } catch (LinkageError | RuntimeException | GeneralSecurityException e) {
            LOG.debug("no native cipher on this system", e);
        }
        return false;
    }

    private static boolean isFirst(Chosen chosen) {
        return !chosen.getServices().isEmpty() && (Security.getProvider(PROVIDER) == chosen || Security.insertProviderAt(chosen, 1) > 0);
    }

    private static boolean knowsAbc(MessageDigest digest, String answer) {
        return HexFormat.of().formatHex(digest.digest("abc".getBytes(StandardCharsets.US_ASCII))).equals(answer);
    }

    private static boolean knowsZeros(Cipher cipher) throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(new byte[BLOCK], "AES");
        GCMParameterSpec nonce = new GCMParameterSpec(BLOCK * Byte.SIZE, new byte[NONCE]);
        byte[] sealed = HexFormat.of().parseHex(ZEROS);
        cipher.init(Cipher.ENCRYPT_MODE, key, nonce);
        boolean seals = Arrays.equals(sealed, cipher.doFinal(new byte[BLOCK]));
        cipher.init(Cipher.DECRYPT_MODE, key, nonce);
        return seals && Arrays.equals(new byte[BLOCK], cipher.doFinal(sealed));
    }

    private static final class Chosen extends Provider {
        private static final long serialVersionUID = 1;

        Chosen() {
            super(PROVIDER, "1", "digests and AES-GCM of AmazonCorrettoCryptoProvider");
        }

        /** Without Corretto's own provider, which makes some seventy services and tests them before it gives one: a tenth of a second. */
        private void offerDigest(String algorithm, Class<?> implementation) {
            putService(new Service(this, DIGEST, algorithm, implementation.getName(), null, null));
        }

        private void offerCipher(Service origin) {
            putService(new Service(this, origin.getType(), origin.getAlgorithm(), origin.getClassName(), null, null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    return origin.newInstance(parameter);
                }

                @Override
                public boolean supportsParameter(Object parameter) {
                    return origin.supportsParameter(parameter);
                }
            });
        }
    }
}
