package org.sallyport.core.screening;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.metainfo.Signatures;
import org.sallyport.core.metainfo.SignedExtras;
import org.sallyport.core.metainfo.TorrentSignature;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.trust.Publisher;
import org.sallyport.core.trust.PublisherCertificate;
import org.sallyport.core.trust.PublisherKey;
import org.sallyport.core.trust.TrustException;

/**
 * Who made a torrent: verifies its signatures (BEP 35) and looks the signers up in the publisher book. One signature that does not fit
 * spoils all others: then somebody changed something, and who knows what. Pure, any thread; takes some milliseconds.
 */
public final class AuthorCheck {

    /**
     * Of one signature.
     *
     * @param key of the signer, none or one
     */
    private record Finding(Authorship author, List<PublisherKey> key) { }

    private AuthorCheck() { }

    /** The answer for all signatures together. @param book the publishers that are known */
    public static Authorship of(Signatures signatures, List<Publisher> book, Instant now) {
        return best(signatures, book, now).map(Finding::author).orElse(Authorship.NONE);
    }

    /** The key of the signer that {@link #of} names; empty without one. */
    public static Optional<PublisherKey> keyOf(Signatures signatures, List<Publisher> book, Instant now) {
        return best(signatures, book, now).flatMap(finding -> finding.key().stream().findFirst());
    }

    private static Optional<Finding> best(Signatures signatures, List<Publisher> book, Instant now) {
        if (!signatures.broken().isEmpty()) {
            return Optional.of(finding(Authorship.broken("", signatures.broken())));
        }
        List<Finding> all = new ArrayList<>();
        for (TorrentSignature signature : signatures.all()) {
            all.add(one(signature, book, now));
        }
        return all.stream().min(Comparator.comparingInt(finding -> rank(finding.author())));
    }

    private static int rank(Authorship author) {
        return switch (author.kind()) {
            case BROKEN -> 0;
            case KNOWN -> 1;
            case EXPIRED -> author.name().isEmpty() ? 4 : 2;
            case NEW -> 3;
            case WEAK -> 5;
            case NONE -> 6;
        };
    }

    private static Finding one(TorrentSignature signature, List<Publisher> book, Instant now) {
        Optional<Publisher> pinned = book.stream().filter(publisher -> publisher.id().equals(signature.id())).findFirst();
        try {
            Optional<PublisherCertificate> certificate = signature.certificate().length() == 0 ? Optional.empty()
                    : Optional.of(PublisherCertificate.read(signature.certificate()));
            if (certificate.isPresent() && !certificate.get().commonName().equals(signature.id())) {
                return finding(broken(signature, "The certificate is not that of \"" + signature.id() + "\"."));
            }
            Optional<PublisherKey> stated = stated(signature);
            Optional<PublisherKey> certified = certificate.map(PublisherCertificate::key);
            if (stated.isPresent() && certified.isPresent() && !stated.equals(certified)) {
                return finding(broken(signature, "The certificate has another key than the signature of \"" + signature.id() + "\" names."));
            }
            Optional<PublisherKey> key = stated.or(() -> certified).or(() -> pinned.map(Publisher::key));
            if (key.isEmpty()) {
                return finding(new Authorship(Authorship.Kind.WEAK, signature.id(), "", "",
                        "\"" + signature.id()
                        + "\" is said to have signed it, but the key to check that is neither in it nor in your publisher book."));
            }
            return judged(signature, certificate, key.get(), pinned, now);
        } catch (TrustException e) {
            return finding(broken(signature, "The key or certificate of \"" + signature.id() + "\" cannot be read, or was changed."));
        }
    }

    private static Optional<PublisherKey> stated(TorrentSignature signature) throws TrustException {
        Bytes raw = signature.extras().ed25519Key();
        return raw.length() == 0 ? Optional.empty() : Optional.of(PublisherKey.ofEd25519(raw.toArray()));
    }

    private static Finding judged(TorrentSignature signature, Optional<PublisherCertificate> certificate, PublisherKey key,
            Optional<Publisher> pinned,
            Instant now) {
        SignedExtras extras = signature.extras();
        PublisherKey.Check check = key.check(signature.signedBytes(), signature.signature());
        if (check == PublisherKey.Check.BAD) {
            return finding(broken(signature, "What \"" + signature.id() + "\" signed is not what is here: somebody changed it."));
        }
        if (check == PublisherKey.Check.WEAK) {
            return finding(weak(signature, key.weakness().orElse("It was signed with SHA-1, which can be forged.")));
        }
        if (!extras.purpose().isEmpty() && !extras.purpose().equals(SignedExtras.PUBLISH)) {
            return finding(weak(signature, "\"" + signature.id() + "\" signed it for another purpose (" + extras.purpose() + ")."));
        }
        boolean known = pinned.filter(publisher -> publisher.key().equals(key)).isPresent();
        String name = known ? pinned.get().name() : "";
        Optional<String> late = late(extras, certificate, now);
        if (late.isPresent()) {
            return new Finding(new Authorship(Authorship.Kind.EXPIRED, signature.id(), name, key.fingerprint(), late.get()), List.of(key));
        }
        if (known) {
            return new Finding(Authorship.known(signature.id(), name, key.fingerprint()), List.of(key));
        }
        String warning = pinned.isEmpty() ? "" : "Careful: your publisher book has \"" + signature.id() + "\" as " + pinned.get().name()
                + " with another key. This may be somebody else.";
        return new Finding(new Authorship(Authorship.Kind.NEW, signature.id(), "", key.fingerprint(), warning), List.of(key));
    }

    private static Optional<String> late(SignedExtras extras, Optional<PublisherCertificate> certificate, Instant now) {
        if (!now.isBefore(extras.expires())) {
            return Optional.of("It was signed to hold until " + extras.expires() + ".");
        }
        if (certificate.isPresent() && now.isAfter(certificate.get().notAfter())) {
            return Optional.of("The certificate ended " + certificate.get().notAfter() + ".");
        }
        if (certificate.isPresent() && now.isBefore(certificate.get().notBefore())) {
            return Optional.of("The certificate begins only " + certificate.get().notBefore() + "; check the clock of this computer.");
        }
        return Optional.empty();
    }

    private static Finding finding(Authorship author) {
        return new Finding(author, List.of());
    }

    private static Authorship broken(TorrentSignature signature, String reason) {
        return Authorship.broken(signature.id(), reason);
    }

    private static Authorship weak(TorrentSignature signature, String reason) {
        return new Authorship(Authorship.Kind.WEAK, signature.id(), "", "", reason);
    }
}
