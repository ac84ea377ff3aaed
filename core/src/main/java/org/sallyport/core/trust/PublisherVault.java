package org.sallyport.core.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.sallyport.core.persist.PersistException;

/** The secrets of the publisher book on disk, see {@link KeyStoreFile}: what seals the book, and the keys we sign torrents with. */
final class PublisherVault {
    private static final int MAX_BYTES = 1 << 20;
    private static final String SEAL = "seal";
    private static final String OWN = "own:";

    private final KeyStoreFile file;

    /** @param folder exists, for the owner only */
    PublisherVault(Path folder) {
        this.file = new KeyStoreFile(folder, "publishers", MAX_BYTES);
    }

    /** One of our own keys. */
    record OwnKey(PrivateKey key, X509Certificate certificate) {
        @Override
        public String toString() {
            return "OwnKey(hidden)";
        }
    }

    /** @param seal 32 bytes @param own by publisher id */
    record Content(SecretKey seal, Map<String, OwnKey> own) {
        Content {
            own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
        }

        @Override
        public String toString() {
            return "Content(hidden)";
        }
    }

    /** @return empty if nothing was ever kept here; what is there and cannot be read is never passed over */
    Optional<Content> load() throws TrustException, PersistException {
        try {
            return file.load(PublisherVault::read);
        } catch (IOException | GeneralSecurityException e) {
            throw new TrustException("The publisher keys in " + file.path() + " cannot be read (" + e.getMessage()
                    + "). Put the folder back from a backup.", e);
        }
    }

    private static Content read(KeyStore keys, char[] secret) throws GeneralSecurityException, IOException {
        Map<String, OwnKey> own = new LinkedHashMap<>();
        for (String alias : Collections.list(keys.aliases())) {
            Key key = keys.getKey(alias, secret);
            if (alias.startsWith(OWN) && key instanceof PrivateKey secretKey && keys.getCertificate(alias) instanceof X509Certificate certificate) {
                own.put(alias.substring(OWN.length()), new OwnKey(secretKey, certificate));
            }
        }
        if (keys.getKey(SEAL, secret) instanceof SecretKey seal) {
            return new Content(seal, own);
        }
        throw new IOException("an entry is missing");
    }

    void save(Content content, SecureRandom random) throws TrustException, PersistException {
        try {
            file.save((fresh, secret) -> {
                fresh.setEntry(SEAL, new KeyStore.SecretKeyEntry(content.seal()), KeyStoreFile.protection(secret, random));
                for (Map.Entry<String, OwnKey> own : content.own().entrySet()) {
                    fresh.setEntry(OWN + own.getKey(), new KeyStore.PrivateKeyEntry(own.getValue().key(),
                            new Certificate[] {own.getValue().certificate()}), KeyStoreFile.protection(secret, random));
                }
                return true;
            }, random);
        } catch (IOException | GeneralSecurityException e) {
            throw new TrustException("The publisher keys could not be saved: " + e.getMessage(), e);
        }
    }
}
