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
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.PBEParameterSpec;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.PrivateFile;

/**
 * Keys on disk: a PKCS#12 store (PBES2, AES-256) and beside it the random passphrase that opens it. Together they are worth
 * what the account of the operating system is worth; the store alone, in a backup or on a stolen copy, is worth nothing.
 */
final class KeyStoreFile {
    private static final int PASSPHRASE_BYTES = 32;
    private static final int SALT_BYTES = 20;
    /** Iterations slow down guessing; nobody guesses 256 random bits, and each start pays for them: for each entry, certificates and the whole. */
    private static final int ITERATIONS = 1_000;
    private static final List<String> ITERATIONS_OF_THE_JDK = List.of("keystore.pkcs12.certPbeIterationCount", "keystore.pkcs12.macIterationCount");
    private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";

    private final Path store;
    private final Path passphrase;
    private final int maxBytes;

    /** @param folder exists, for the owner only @param name without an ending @param maxBytes of the store */
    KeyStoreFile(Path folder, String name, int maxBytes) {
        this.store = folder.resolve(name + ".p12");
        this.passphrase = folder.resolve(name + ".pass");
        this.maxBytes = maxBytes;
    }

    Path path() {
        return store;
    }

    boolean exists() {
        return Files.exists(store, LinkOption.NOFOLLOW_LINKS);
    }

    /** What is to be taken out of an open store, or put into a fresh one. */
    interface Entries<T> {
        T with(KeyStore keys, char[] secret) throws GeneralSecurityException, IOException;
    }

    /** @return empty if there is no store @throws IOException if it is there and cannot be read */
    <T> Optional<T> load(Entries<T> entries) throws IOException, GeneralSecurityException, PersistException {
        if (Files.notExists(store, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Optional<byte[]> content = PrivateFile.read(store, maxBytes);
        if (content.isEmpty()) {
            throw new IOException("the file is gone");
        }
        Optional<char[]> read = readPassphrase();
        if (read.isEmpty()) {
            throw new IOException(passphrase.getFileName() + " is gone or not whole");
        }
        char[] secret = read.get();
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(content.get()), secret);
            return Optional.of(entries.with(keys, secret));
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** Replaces the store by a fresh one with these entries. */
    void save(Entries<?> entries, SecureRandom random) throws IOException, GeneralSecurityException, PersistException {
        Optional<char[]> known = readPassphrase();
        char[] secret = known.isPresent() ? known.get() : newPassphrase(random);
        try {
            KeyStore fresh = KeyStore.getInstance("PKCS12");
            fresh.load(null, secret);
            entries.with(fresh, secret);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            // only so can it be said; there are no other stores in this process
            ITERATIONS_OF_THE_JDK.forEach(name -> Security.setProperty(name, Integer.toString(ITERATIONS)));
            fresh.store(content, secret);
            PrivateFile.write(store, content.toByteArray());
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    // the salt is also the start value of the cipher's parameters; a fresh one for each entry and each time
    static KeyStore.ProtectionParameter protection(char[] secret, SecureRandom random) {
        return new KeyStore.PasswordProtection(secret, CIPHER, new PBEParameterSpec(Secret.random(random, SALT_BYTES), ITERATIONS));
    }

    private Optional<char[]> readPassphrase() throws PersistException {
        // one that is not whole must not be used again for a new store
        return PrivateFile.read(passphrase, maxBytes).map(content -> new String(content, StandardCharsets.US_ASCII).strip())
                .filter(text -> Base32.decode(text).filter(secret -> secret.length == PASSPHRASE_BYTES).isPresent()).map(String::toCharArray);
    }

    private char[] newPassphrase(SecureRandom random) throws PersistException {
        String fresh = Base32.encode(Secret.random(random, PASSPHRASE_BYTES));
        PrivateFile.write(passphrase, Hashing.ascii(fresh));
        return fresh.toCharArray();
    }
}
