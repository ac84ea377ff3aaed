package org.sallyport.core.trust;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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
    /** Said by a JVM that writes an archive of classes: Java 17.0.15 crashes over lambdas of a signed jar then. */
    private static final String OFF = "sallyport.native.off";
    private static final String CIPHER = "Cipher";
    private static final String DIGEST = "MessageDigest";
    /** FIPS 180-2: the answers to "abc". */
    private static final Map<String, String> DIGESTS = Map.of("SHA-1", "a9993e364706816aba3e25717850c26c9cd0d89d",
            "SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    private static final String GCM = "AES/GCM/NoPadding";
    /** McGrew and Viega, "The Galois/Counter Mode of Operation", test case 2: a block of zeros under a key of zeros, with its tag. */
    private static final String ZEROS = "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf";
    private static final int BLOCK = 16;
    private static final int NONCE = 12;

    private NativeCrypto() { }

    private static final class Registered {
        static final boolean DONE = register();
    }

    /** Whether the launcher has laid the native code ready, and leaves digests to it. */
    public static boolean isReady() {
        return Boolean.getBoolean(READY);
    }

    /**
     * From now on it is used, where it runs. Any thread, but the first call loads the native code, a third of a second: none for the
     * network thread.
     * @return whether it runs; if not, everything is as it was
     */
    public static boolean prefer() {
        return Registered.DONE;
    }

    private static boolean register() {
        if (Boolean.getBoolean(OFF)) {
            return false;
        }
        try {
            Provider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
            List<Provider.Service> known = new ArrayList<>();
            if (corretto.getService(CIPHER, GCM) != null && knowsZeros(Cipher.getInstance(GCM, corretto))) {
                known.add(corretto.getService(CIPHER, GCM));
            }
            for (Map.Entry<String, String> digest : DIGESTS.entrySet()) {
                Provider.Service service = corretto.getService(DIGEST, digest.getKey());
                if (service != null && knowsAbc(MessageDigest.getInstance(digest.getKey(), corretto), digest.getValue())) {
                    known.add(service);
                }
            }
            return !known.isEmpty() && Security.insertProviderAt(new Chosen(known), 1) > 0;
        } catch (LinkageError | RuntimeException | GeneralSecurityException e) {
            LOG.debug("no native ciphers and digests on this system", e);
        }
        return false;
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

        Chosen(List<Service> services) {
            super(PROVIDER, "1", "some of " + services.get(0).getProvider().getName());
            services.forEach(this::offer);
        }

        private void offer(Service origin) {
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
