package org.sallyport.core.trust;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.PrivateFile;

/**
 * Our keys on disk: a PKCS#12 store (PBES2, AES-256) and beside it the random passphrase that opens it. Together they are worth
 * what the account of the operating system is worth; the store alone, in a backup or on a stolen copy, is worth nothing.
 */
final class KeyFile {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int PASSPHRASE_BYTES = 32;
    private static final int SALT_BYTES = 20;
    /** Iterations slow down guessing; nobody guesses 256 random bits, and each start pays for them. */
    private static final int ITERATIONS = 10_000;
    private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";
    private static final String IDENTITY = "identity";
    private static final String SEAL = "seal";

    private final Path store;
    private final Path passphrase;

    /** @param folder exists, for the owner only */
    KeyFile(Path folder) {
        this.store = folder.resolve("identity.p12");
        this.passphrase = folder.resolve("identity.pass");
    }

    /** @param seal 32 bytes; what the list of devices is encrypted and sealed with */
    record Keys(PrivateKey identity, X509Certificate certificate, SecretKey seal) {
        @Override
        public String toString() {
            return "Keys(hidden)";
        }
    }

    boolean exists() {
        return Files.exists(store, LinkOption.NOFOLLOW_LINKS);
    }

    /** @return empty if no key was ever made here; one that is there and cannot be read is never passed over */
    Optional<Keys> load() throws TrustException, PersistException {
        if (Files.notExists(store, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        byte[] content = PrivateFile.read(store, MAX_BYTES).orElseThrow(() -> unreadable(new IOException("the file is gone")));
        char[] secret = readPassphrase().orElseThrow(() -> unreadable(new IOException(passphrase.getFileName() + " is gone or not whole")));
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(content), secret);
            if (keys.getKey(IDENTITY, secret) instanceof PrivateKey key && keys.getCertificate(IDENTITY) instanceof X509Certificate certificate
                    && keys.getKey(SEAL, secret) instanceof SecretKey seal) {
                return Optional.of(new Keys(key, certificate, seal));
            }
            throw unreadable(new IOException("an entry is missing"));
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    void save(Keys keys, SecureRandom random) throws TrustException, PersistException {
        Optional<char[]> known = readPassphrase();
        char[] secret = known.isPresent() ? known.get() : newPassphrase(random);
        try {
            KeyStore fresh = KeyStore.getInstance("PKCS12");
            fresh.load(null, secret);
            fresh.setEntry(IDENTITY, new KeyStore.PrivateKeyEntry(keys.identity(), new Certificate[] {keys.certificate()}), protection(secret, random));
            fresh.setEntry(SEAL, new KeyStore.SecretKeyEntry(keys.seal()), protection(secret, random));
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            fresh.store(content, secret);
            PrivateFile.write(store, content.toByteArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new TrustException("The key of this device could not be saved: " + e.getMessage(), e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    static SecretKey newSeal(SecureRandom random) {
        return new SecretKeySpec(Secret.random(random, Hashing.LENGTH), "AES");
    }

    // the salt is also the start value of the cipher's parameters; a fresh one for each entry and each time
    private static KeyStore.ProtectionParameter protection(char[] secret, SecureRandom random) {
        return new KeyStore.PasswordProtection(secret, CIPHER, new PBEParameterSpec(Secret.random(random, SALT_BYTES), ITERATIONS));
    }

    private Optional<char[]> readPassphrase() throws PersistException {
        // one that is not whole must not be used again for a new store
        return PrivateFile.read(passphrase, MAX_BYTES).map(content -> new String(content, StandardCharsets.US_ASCII).strip())
                .filter(text -> Base32.decode(text).filter(secret -> secret.length == PASSPHRASE_BYTES).isPresent()).map(String::toCharArray);
    }

    private char[] newPassphrase(SecureRandom random) throws PersistException {
        String fresh = Base32.encode(Secret.random(random, PASSPHRASE_BYTES));
        PrivateFile.write(passphrase, Hashing.ascii(fresh));
        return fresh.toCharArray();
    }

    private TrustException unreadable(Exception cause) {
        return new TrustException("The key of this device in " + store + " cannot be read (" + cause.getMessage()
                + "). Put the folder back from a backup, or reset the identity and pair your devices again.", cause);
    }
}
