package org.sallyport.core.trust;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.PrivateFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The publishers whose signatures are believed, at most {@link #MAX_PUBLISHERS}, and our own ones. The certificates that the JDK trusts
 * play no part. Reading: any thread, never blocks. {@link #reload} and changing: one thread, not the network's; a change is on the disk
 * when it returns. A saved book that is not the one we saved is not used at all (invariant I7) until {@link #startOver()}.
 */
public final class PublisherBook {
    public static final int MAX_PUBLISHERS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(PublisherBook.class);
    private static final int MAX_BYTES = 4 << 20;
    private static final int RSA_BITS = 3072;
    private static final Duration LIFE = Duration.ofDays(3652);
    /** Clocks differ; a certificate must not begin in the future of others. */
    private static final Duration BEGINS_BEFORE = Duration.ofDays(1);
    private static final Refusal TAMPERED = new Refusal("publisher.tampered", "The saved list of publishers was changed outside Sallyport, or its "
            + "key cannot be read. No publisher is believed until you start the list over and add your publishers again.");

    private final Path file;
    private final PublisherVault vault;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private volatile State state = new State(List.of(), Optional.empty(), true);

    /** Kind of a key to sign with. */
    public enum KeyKind { RSA, ED25519 }

    /** @param publishers our own ones first */
    private record State(List<Publisher> publishers, Optional<PublisherVault.Content> secrets, boolean sound) { }

    private PublisherBook(Path keyFolder, Clock clock) {
        this.file = keyFolder.resolve("publishers.book");
        this.vault = new PublisherVault(keyFolder);
        this.clock = clock;
    }

    /**
     * Reads the book. One that cannot be read or verified is no failure: it is empty and {@link #tampered()}.
     * @param keyFolder of the data directory
     */
    public static PublisherBook open(Path keyFolder, Clock clock) {
        PublisherBook book = new PublisherBook(keyFolder, clock);
        book.reload();
        return book;
    }

    /** Reads it again: another process of the same user may have changed it. */
    public void reload() {
        try {
            state = read();
        } catch (TrustException | PersistException e) {
            LOG.error("the list of publishers cannot be read, none is believed", e);
            state = new State(List.of(), Optional.empty(), false);
        }
    }

    private State read() throws TrustException, PersistException {
        Optional<PublisherVault.Content> secrets = vault.load();
        Optional<byte[]> content = PrivateFile.read(file, MAX_BYTES);
        List<Publisher> all = new ArrayList<>();
        secrets.ifPresent(kept -> kept.own().forEach((id, own) -> all.add(own(id, own))));
        Optional<List<Publisher>> others = content.isEmpty() ? Optional.of(List.of())
                : secrets.flatMap(kept -> PublisherPages.read(content.get(), kept.seal().getEncoded()));
        others.ifPresent(all::addAll);
        return new State(others.isPresent() ? List.copyOf(all) : List.of(), secrets, others.isPresent());
    }

    private static Publisher own(String id, PublisherVault.OwnKey own) {
        X509Certificate certificate = own.certificate();
        Instant made = certificate.getNotBefore().toInstant().plus(BEGINS_BEFORE);
        return new Publisher(id, PublisherKey.of(certificate.getPublicKey()), nameIn(certificate, id), made, true);
    }

    /** Kept as the organisation, so that a publisher is one entry of the key store. */
    private static String nameIn(X509Certificate certificate, String id) {
        return PublisherCertificate.organisation(certificate).flatMap(text -> {
            try {
                return Optional.of(Publisher.checkedName(text));
            } catch (RefusedException e) {
                return Optional.empty();
            }
        }).orElseGet(() -> DeviceName.suggested(id, new DeviceName("?")).text());
    }

    /** Why nobody is believed, if the saved book is not ours. */
    public Optional<Refusal> tampered() {
        return state.sound() ? Optional.empty() : Optional.of(TAMPERED);
    }

    /** Our own ones first, then in the order they were added. The same instance until something changes. */
    public List<Publisher> publishers() {
        return state.publishers();
    }

    public Optional<Publisher> find(String id) {
        return publishers().stream().filter(publisher -> publisher.id().equals(id)).findFirst();
    }

    /**
     * Believes this key from now on.
     *
     * @throws RefusedException {@code publisher.name}, {@code publisher.weak}, {@code publisher.known} if it is there,
     *     {@code publisher.other-key} if this id is there with another key, {@code publisher.limit}, {@code publisher.tampered}
     */
    public Publisher add(String id, PublisherKey key, String name) throws RefusedException, TrustException, PersistException {
        Publisher added = new Publisher(id, key, Publisher.checkedName(name), clock.instant(), false);
        reload();
        requireSound();
        Optional<String> weak = key.weakness();
        if (weak.isPresent()) {
            throw new RefusedException("publisher.weak", weak.get() + " Ask the publisher for a signature with a better key.");
        }
        requireNew(id, key);
        List<Publisher> all = new ArrayList<>(publishers());
        all.add(added);
        keep(all);
        return added;
    }

    /** Forgets it; one of our own with its private key, for good. @throws RefusedException {@code publisher.unknown}, {@code publisher.tampered} */
    public Publisher remove(String id) throws RefusedException, TrustException, PersistException {
        reload();
        requireSound();
        Publisher gone = find(id).orElseThrow(() -> unknown(id));
        if (gone.own()) {
            PublisherVault.Content kept = secrets();
            Map<String, PublisherVault.OwnKey> own = new LinkedHashMap<>(kept.own());
            own.remove(id);
            vault.save(new PublisherVault.Content(kept.seal(), own), random);
        } else {
            keep(publishers().stream().filter(publisher -> !publisher.id().equals(id)).toList());
        }
        reload();
        return gone;
    }

    /** A key of our own to sign with. Making one for RSA takes seconds on a slow computer. */
    public static final class NewKey {
        private final KeyKind kind;
        private final KeyPair pair;

        private NewKey(KeyKind kind, KeyPair pair) {
            this.kind = kind;
            this.pair = pair;
        }

        /** Any thread. */
        public static NewKey make(KeyKind kind) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(kind == KeyKind.RSA ? "RSA" : "Ed25519");
                if (kind == KeyKind.RSA) {
                    generator.initialize(RSA_BITS);
                }
                return new NewKey(kind, generator.generateKeyPair());
            } catch (GeneralSecurityException e) {
                throw Hashing.impossible(e);
            }
        }
    }

    /** Whether {@link #create} would be refused, before a key is made. */
    public void requireFree(String id, String name) throws RefusedException {
        Publisher.checkedOwnId(id);
        Publisher.checkedName(name);
        reload();
        requireSound();
        requireNew(id);
    }

    /** Adds a publisher of our own. @throws RefusedException as {@link #add}, and {@code publisher.id} */
    public Publisher create(String id, String name, NewKey key) throws RefusedException, TrustException, PersistException {
        requireFree(id, name);
        KeyPair pair = key.pair;
        String checkedId = Publisher.checkedOwnId(id);
        String checkedName = Publisher.checkedName(name);
        PublisherVault.Content kept = secrets();
        Map<String, PublisherVault.OwnKey> own = new LinkedHashMap<>(kept.own());
        own.put(checkedId, new PublisherVault.OwnKey(pair.getPrivate(), certificate(checkedId, checkedName, pair, key.kind)));
        vault.save(new PublisherVault.Content(kept.seal(), own), random);
        reload();
        return find(checkedId).orElseThrow(() -> new TrustException("The new key could not be read again."));
    }

    private X509Certificate certificate(String id, String name, KeyPair pair, KeyKind kind) throws TrustException {
        Instant from = clock.instant().minus(BEGINS_BEFORE);
        return SelfSigned.issue(new X500NameBuilder().addRDN(BCStyle.CN, id).addRDN(BCStyle.O, name).build(), pair,
                kind == KeyKind.RSA ? "SHA256withRSA" : "Ed25519", from, from.plus(LIFE), random);
    }

    /** Signs in the name of one of our own. @throws RefusedException {@code publisher.not-own} */
    public PublisherSigner signer(String id) throws RefusedException, TrustException {
        Optional<PublisherVault.OwnKey> own = state.secrets().flatMap(kept -> Optional.ofNullable(kept.own().get(id)));
        if (own.isEmpty()) {
            throw new RefusedException("publisher.not-own", "There is no key of \"" + id + "\" on this computer to sign with. "
                    + "Make a publisher of your own first.");
        }
        return new PublisherSigner(id, own.get());
    }

    /** What introduces it to others: its certificate, or its public key with its id. @throws RefusedException {@code publisher.unknown} */
    public byte[] introduction(String id) throws RefusedException, TrustException {
        Publisher publisher = find(id).orElseThrow(() -> unknown(id));
        return publisher.own() ? PublisherFile.certificate(signer(id).certificate()) : PublisherFile.publicKey(publisher);
    }

    private static RefusedException unknown(String id) {
        return new RefusedException("publisher.unknown", "There is no publisher " + id + " in your list. It may have been removed meanwhile.");
    }

    /** Forgets everybody but our own; what a person does after {@code publisher.tampered}. */
    public void startOver() throws TrustException, PersistException {
        PublisherVault.Content kept = state.secrets().isPresent() ? state.secrets().get()
                : new PublisherVault.Content(KeyFile.newSeal(random), Map.of());
        vault.save(kept, random);
        PrivateFile.write(file, PublisherPages.write(List.of(), kept.seal().getEncoded()));
        reload();
    }

    private void requireSound() throws RefusedException {
        if (!state.sound()) {
            throw new RefusedException(TAMPERED);
        }
    }

    private void requireNew(String id, PublisherKey key) throws RefusedException {
        Optional<Publisher> same = find(id);
        if (same.isPresent() && same.get().key().equals(key)) {
            throw new RefusedException("publisher.known", "You know this publisher already: it is called " + same.get().name() + ".");
        }
        requireNew(id);
    }

    private void requireNew(String id) throws RefusedException {
        if (find(id).isPresent()) {
            throw new RefusedException("publisher.other-key", "Your list has a publisher \"" + id
                    + "\" with another key. Ask the publisher, by another "
                    + "way than this one, whether the new key is right; then remove the old one and add the new one.");
        }
        if (publishers().size() >= MAX_PUBLISHERS) {
            throw new RefusedException("publisher.limit", "There are " + MAX_PUBLISHERS + " publishers in your list already. Remove one first.");
        }
    }

    /** Those there are, or made now. */
    private PublisherVault.Content secrets() throws TrustException, PersistException {
        Optional<PublisherVault.Content> kept = state.secrets();
        if (kept.isPresent()) {
            return kept.get();
        }
        PublisherVault.Content fresh = new PublisherVault.Content(KeyFile.newSeal(random), Map.of());
        vault.save(fresh, random);
        return fresh;
    }

    private void keep(List<Publisher> publishers) throws TrustException, PersistException {
        byte[] seal = secrets().seal().getEncoded();
        PrivateFile.write(file, PublisherPages.write(publishers.stream().filter(publisher -> !publisher.own()).toList(), seal));
        reload();
    }
}
