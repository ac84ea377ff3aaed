package org.sallyport.core.trust;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.trust.KeyFile.Keys;

/**
 * Who this device is: an ECDSA P-256 key and a certificate that says nothing else. Immutable, any thread; {@link #open} and
 * {@link #reset} read and write files and take about 0.2 s, so never on the network thread.
 */
public final class Identity {
    private static final Duration LIFE = Duration.ofDays(3652);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(365);
    /** Clocks of two devices differ; a certificate must not begin in the other's future. */
    private static final Duration BEGINS_BEFORE = Duration.ofDays(1);

    private final KeyFile file;
    private final Keys keys;
    private final Clock clock;
    private final DeviceId id;

    private Identity(KeyFile file, Keys keys, Clock clock) {
        this.file = file;
        this.keys = keys;
        this.clock = clock;
        this.id = DeviceId.of(publicKey(keys));
    }

    /**
     * The identity kept in {@code folder}, made now if there is none. The certificate is issued again, for the same key, in its
     * last year or if it was made while the clock was wrong.
     *
     * @param folder {@code DataDirectory.keyFolder()}
     * @throws TrustException if there is a key that cannot be read: it is never replaced silently
     */
    public static Identity open(Path folder, Clock clock) throws TrustException, PersistException {
        KeyFile file = new KeyFile(folder);
        SecureRandom random = new SecureRandom();
        Optional<Keys> saved = file.load();
        if (saved.isEmpty()) {
            return saveNew(file, KeyFile.newSeal(random), clock, random);
        }
        Keys keys = saved.get();
        if (!isDue(keys.certificate(), clock.instant())) {
            return new Identity(file, keys, clock);
        }
        KeyPair pair = new KeyPair(keys.certificate().getPublicKey(), keys.identity());
        Keys renewed = new Keys(keys.identity(), certificate(pair, clock, random), keys.seal());
        file.save(renewed, random);
        return new Identity(file, renewed, clock);
    }

    /** Whether a key was made in {@code folder}; says nothing of whether it can be read. */
    public static boolean exists(Path folder) {
        return new KeyFile(folder).exists();
    }

    /**
     * A new key in the place of this one. Paired devices know the old one: clear the {@link DeviceBook} first, close their
     * connections, and use the returned identity from then on.
     */
    public Identity reset() throws TrustException, PersistException {
        return saveNew(file, keys.seal(), clock, new SecureRandom());
    }

    /**
     * A new key in the place of one that cannot be read; when a person asked for it, because paired devices know the old one. A list
     * of devices that is still there counts as tampered with afterwards, and has to be started over.
     */
    public static Identity replace(Path folder, Clock clock) throws TrustException, PersistException {
        SecureRandom random = new SecureRandom();
        return saveNew(new KeyFile(folder), KeyFile.newSeal(random), clock, random);
    }

    private static Identity saveNew(KeyFile file, SecretKey seal, Clock clock, SecureRandom random) throws TrustException, PersistException {
        KeyPair pair = SelfSigned.newKey(random);
        Keys keys = new Keys(pair.getPrivate(), certificate(pair, clock, random), seal);
        file.save(keys, random);
        return new Identity(file, keys, clock);
    }

    private static X509Certificate certificate(KeyPair pair, Clock clock, SecureRandom random) throws TrustException {
        Instant from = clock.instant().minus(BEGINS_BEFORE);
        return SelfSigned.issue(pair, SelfSigned.ALGORITHM, from, from.plus(LIFE), random);
    }

    private static boolean isDue(X509Certificate certificate, Instant now) {
        return now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant().minus(RENEWED_BEFORE_END));
    }

    private static Bytes publicKey(Keys keys) {
        return Bytes.copyOf(keys.certificate().getPublicKey().getEncoded());
    }

    public DeviceId id() {
        return id;
    }

    /** SubjectPublicKeyInfo (DER). */
    public Bytes publicKey() {
        return publicKey(keys);
    }

    PrivateKey privateKey() {
        return keys.identity();
    }

    X509Certificate certificate() {
        return keys.certificate();
    }

    /** What the list of devices is encrypted and sealed with; survives {@link #reset}. */
    byte[] sealKey() {
        return keys.seal().getEncoded();
    }

    @Override
    public String toString() {
        return "Identity(" + id.shortText() + ")";
    }
}
