package org.sallyport.core.trust;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AES-GCM in native code for the TLS of the JDK, which takes its ciphers from the first provider of this process that has them. Of
 * AmazonCorrettoCryptoProvider nothing but this one cipher is offered there; who asks for another gets the JDK's as ever (decision 23).
 */
final class NativeGcm {
    static final String PROVIDER = "SallyportGcm";
    private static final Logger LOG = LoggerFactory.getLogger(NativeGcm.class);
    private static final String TYPE = "Cipher";
    private static final String GCM = "AES/GCM/NoPadding";
    /** McGrew and Viega, "The Galois/Counter Mode of Operation", test case 2: a block of zeros under a key of zeros, with its tag. */
    private static final String ZEROS = "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf";
    private static final int BLOCK = 16;
    private static final int NONCE = 12;

    private NativeGcm() { }

    private static final class Registered {
        static final boolean DONE = register();
    }

    /**
     * From now on connections are encrypted by it, where it runs. Any thread, but the first call loads the native code, a third of a
     * second: none for the network thread.
     * @return whether it runs; if not, everything is as it was
     */
    static boolean prefer() {
        return Registered.DONE;
    }

    private static boolean register() {
        try {
            Provider.Service service = AmazonCorrettoCryptoProvider.INSTANCE.getService(TYPE, GCM);
            if (service != null && knowsZeros(Cipher.getInstance(GCM, service.getProvider()))) {
                return Security.insertProviderAt(new OneCipher(service), 1) > 0;
            }
        } catch (LinkageError | RuntimeException | GeneralSecurityException e) {
            LOG.debug("no native AES-GCM on this system", e);
        }
        return false;
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

    private static final class OneCipher extends Provider {
        private static final long serialVersionUID = 1;

        OneCipher(Service origin) {
            super(PROVIDER, "1", "AES-GCM of " + origin.getProvider().getName());
            putService(new Service(this, TYPE, GCM, origin.getClassName(), null, null) {
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
