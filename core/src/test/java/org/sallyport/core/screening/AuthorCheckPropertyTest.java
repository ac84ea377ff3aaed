package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.testkit.SignedTorrents.ID;
import static org.sallyport.core.testkit.SignedTorrents.NOW;
import static org.sallyport.core.testkit.SignedTorrents.certificate;
import static org.sallyport.core.testkit.SignedTorrents.rsa;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Authorship.Kind;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.testkit.SignedTorrents;
import org.sallyport.core.trust.Publisher;
import org.sallyport.core.trust.PublisherCertificate;
import org.sallyport.core.trust.PublisherKey;
import org.sallyport.core.trust.TrustException;

/** Nonsense in the place of signatures is an answer, never an accident, and never a known publisher. */
class AuthorCheckPropertyTest {
    private static final KeyPair KEY = rsa(2048);
    private static final byte[] CERTIFICATE = certificate(ID, KEY);
    private static final byte[] SIGNED = new SignedTorrents().sign(ID, KEY.getPrivate(), "SHA256withRSA", CERTIFICATE,
            Map.of("expires", NOW.getEpochSecond() + 1000, "sha256", new byte[32], "purpose", "publish", "sources",
                    new SignedTorrents().sources())).bytes();
    /** Behind the certificate: who has the key in the book needs none. */
    private static final int FROM = new String(SIGNED, StandardCharsets.ISO_8859_1).lastIndexOf("4:info");

    @Property(tries = 400)
    void anyValueInTheirPlaceIsAnswered(@ForAll("values") Object value) {
        Map<String, Object> torrent = new HashMap<>(Map.of("info", new SignedTorrents().info(), "signatures", value));

        assertAnswered(Bencode.encode(torrent));
    }

    @Property(tries = 400)
    void anyEntryIsAnswered(@ForAll("values") Object certificate, @ForAll("values") Object signature, @ForAll("values") Object own) {
        Map<String, Object> entry = Map.of("certificate", certificate, "signature", signature, "info", own);
        Map<String, Object> torrent = new HashMap<>(Map.of("info", new SignedTorrents().info(), "signatures", Map.of(ID, entry)));

        assertAnswered(Bencode.encode(torrent));
    }

    @Property(tries = 400)
    void oneByteOfWhatIsSignedOrOfTheSignatureChangedIsNeverGoodAgain(@ForAll @IntRange(min = 0, max = 1000) int at, @ForAll byte to)
            throws TrustException {
        byte[] changed = SIGNED.clone();
        int place = FROM + at % (SIGNED.length - FROM);
        boolean same = changed[place] == to;
        changed[place] = to;

        assertThat(answer(changed) == Kind.KNOWN).isEqualTo(same);
    }

    @Property(tries = 500)
    void aChangedCertificateIsReadOrRefused(@ForAll @IntRange(min = 0, max = 4000) int at, @ForAll byte to) {
        byte[] changed = CERTIFICATE.clone();
        changed[at % changed.length] = to;
        try {
            assertThat(PublisherCertificate.read(Bytes.copyOf(changed))).isNotNull();
        } catch (TrustException refused) {
            assertThat(refused).hasMessageContaining("certificate");
        }
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Object.class::cast),
                Arbitraries.of(CERTIFICATE, new byte[32], new byte[256]).map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast));
        Arbitrary<String> keys = Arbitraries.oneOf(Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(20),
                Arbitraries.of("signature", "certificate", "info", "expires", "sha256", "sources", "purpose", "x-ed25519", ID));
        Arbitrary<Object> list = leaf.list().ofMaxSize(3).map(Object.class::cast);
        Arbitrary<Object> dict = Arbitraries.maps(keys, Arbitraries.oneOf(leaf, list)).ofMaxSize(5).map(Object.class::cast);
        return Arbitraries.oneOf(leaf, list, dict, Arbitraries.maps(keys, dict).ofMaxSize(20).map(Object.class::cast));
    }

    private static void assertAnswered(byte[] torrent) {
        try {
            assertThat(answer(torrent)).isNotEqualTo(Kind.KNOWN);
        } catch (TrustException e) {
            throw new AssertionError(e);
        }
    }

    /** NONE also for a refusal. */
    private static Kind answer(byte[] torrent) throws TrustException {
        Publisher known = new Publisher(ID, PublisherKey.read(Bytes.copyOf(KEY.getPublic().getEncoded())), "Example", NOW, false);
        try {
            Authorship author = AuthorCheck.of(MetainfoReader.read(torrent).signatures(), List.of(known), NOW);
            assertThat(author.sentence()).isNotBlank();
            return author.kind();
        } catch (RefusedException refused) {
            return Kind.NONE;
        }
    }
}
