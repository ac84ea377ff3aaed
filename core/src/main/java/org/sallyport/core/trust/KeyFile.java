package org.sallyport.core.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.sallyport.core.persist.PersistException;

/** The keys of this device on disk, see {@link KeyStoreFile}. */
final class KeyFile {
    private static final int MAX_BYTES = 64 * 1024;
    private static final String IDENTITY = "identity";
    private static final String SEAL = "seal";

    private final KeyStoreFile file;

    /** @param folder exists, for the owner only */
    KeyFile(Path folder) {
        this.file = new KeyStoreFile(folder, IDENTITY, MAX_BYTES);
    }

    /** @param seal 32 bytes; what the list of devices is encrypted and sealed with */
    record Keys(PrivateKey identity, X509Certificate certificate, SecretKey seal) {
        @Override
        public String toString() {
            return "Keys(hidden)";
        }
    }

    boolean exists() {
        return file.exists();
    }

    /** @return empty if no key was ever made here; one that is there and cannot be read is never passed over */
    Optional<Keys> load() throws TrustException, PersistException {
        try {
            return file.load((keys, secret) -> {
                if (keys.getKey(IDENTITY, secret) instanceof PrivateKey key && keys.getCertificate(IDENTITY) instanceof X509Certificate certificate
                        && keys.getKey(SEAL, secret) instanceof SecretKey seal) {
                    return new Keys(key, certificate, seal);
                }
                throw new IOException("an entry is missing");
            });
        } catch (IOException | GeneralSecurityException e) {
            throw new TrustException("The key of this device in " + file.path() + " cannot be read (" + e.getMessage()
                    + "). Put the folder back from a backup, or reset the identity and pair your devices again.", e);
        }
    }

    void save(Keys keys, SecureRandom random) throws TrustException, PersistException {
        try {
            file.save((fresh, secret) -> {
                fresh.setEntry(IDENTITY, new KeyStore.PrivateKeyEntry(keys.identity(), new Certificate[] {keys.certificate()}),
                        KeyStoreFile.protection(secret, random));
                fresh.setEntry(SEAL, new KeyStore.SecretKeyEntry(keys.seal()), KeyStoreFile.protection(secret, random));
                return true;
            }, random);
        } catch (IOException | GeneralSecurityException e) {
            throw new TrustException("The key of this device could not be saved: " + e.getMessage(), e);
        }
    }

    static SecretKey newSeal(SecureRandom random) {
        return new SecretKeySpec(Secret.random(random, Hashing.LENGTH), "AES");
    }
}
