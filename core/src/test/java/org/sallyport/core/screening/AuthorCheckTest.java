package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.testkit.SignedTorrents.ID;
import static org.sallyport.core.testkit.SignedTorrents.NOW;
import static org.sallyport.core.testkit.SignedTorrents.certificate;
import static org.sallyport.core.testkit.SignedTorrents.raw;
import static org.sallyport.core.testkit.SignedTorrents.replace;
import static org.sallyport.core.testkit.SignedTorrents.rsa;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Authorship.Kind;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.testkit.SignedTorrents;
import org.sallyport.core.trust.Publisher;
import org.sallyport.core.trust.PublisherKey;
import org.sallyport.core.trust.TrustException;

class AuthorCheckTest {
    private static final KeyPair KEY = rsa(2048);
    private static final KeyPair OTHER = rsa(2048);
    private static final KeyPair ED = SignedTorrents.keyPair("Ed25519");
    private static final String RSA = "SHA256withRSA";

    @Test
    void aTorrentWithoutSignaturesHasNoKnownAuthor() throws Exception {
        assertThat(check(new SignedTorrents().bytes())).isEqualTo(Authorship.NONE);
    }

    @Test
    void aPublisherOfTheBookIsKnownByName() throws Exception {
        byte[] torrent = signed().bytes();

        assertThat(check(torrent, publisher(ID, KEY))).isEqualTo(Authorship.known(ID, "Example Press", key(KEY).fingerprint()));
    }

    @Test
    void theCertificateMayBeLeftOutForWhoHasTheKey() throws Exception {
        byte[] torrent = new SignedTorrents().sign(ID, KEY.getPrivate(), RSA, new byte[0], Map.of()).bytes();

        assertThat(check(torrent, publisher(ID, KEY)).kind()).isEqualTo(Kind.KNOWN);
        assertThat(check(torrent).kind()).isEqualTo(Kind.WEAK);
    }

    @Test
    void somebodyWhoIsNotInTheBookIsNew() throws Exception {
        Authorship author = check(signed().bytes());

        assertThat(author).isEqualTo(new Authorship(Kind.NEW, ID, "", key(KEY).fingerprint(), ""));
        assertThat(AuthorCheck.keyOf(MetainfoReader.read(signed().bytes()).signatures(), List.of(), NOW)).contains(key(KEY));
    }

    @Test
    void theNameOfAKnownPublisherWithAnotherKeyIsNewWithAWarning() throws Exception {
        Authorship author = check(signed().bytes(), publisher(ID, OTHER));

        assertThat(author.kind()).isEqualTo(Kind.NEW);
        assertThat(author.reason()).contains("Careful", "Example Press");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256withRSA", "SHA384withRSA", "SHA512withRSA"})
    void everyGoodHashIsAccepted(String algorithm) throws Exception {
        byte[] torrent = new SignedTorrents().sign(ID, KEY.getPrivate(), algorithm, certificate(ID, KEY), Map.of()).bytes();

        assertThat(check(torrent).kind()).isEqualTo(Kind.NEW);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 222})
    void pssIsAcceptedWithBothUsualSalts(int salt) throws Exception {
        PSSParameterSpec pss = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1);
        byte[] torrent = new SignedTorrents().sign(ID, KEY.getPrivate(), "RSASSA-PSS", pss, certificate(ID, KEY)).bytes();

        assertThat(check(torrent).kind()).isEqualTo(Kind.NEW);
    }

    @Test
    void ed25519NeedsNoCertificate() throws Exception {
        byte[] torrent = new SignedTorrents().sign(ID, ED.getPrivate(), "Ed25519", new byte[0], Map.of("x-ed25519", raw(ED))).bytes();

        assertThat(check(torrent).kind()).isEqualTo(Kind.NEW);
        assertThat(check(torrent, publisher(ID, ED)).kind()).isEqualTo(Kind.KNOWN);
    }

    @Test
    void aChangedTorrentHasABrokenSignature() throws Exception {
        byte[] torrent = replace(signed().bytes(), "4:name5:a.bin", "4:name5:b.bin");

        Authorship author = check(torrent, publisher(ID, KEY));

        assertThat(author.kind()).isEqualTo(Kind.BROKEN);
        assertThat(author.sentence()).contains("somebody changed it");
    }

    @Test
    void changedExtrasBreakTheSignature() throws Exception {
        byte[] torrent = replace(signed(Map.of("expires", 1_999_999_999, "purpose", "publish")).bytes(), "i1999999999e", "i1999999998e");

        assertThat(check(torrent, publisher(ID, KEY)).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void anotherTrackerUnderSignedExtrasBreaksTheSignature() throws Exception {
        byte[] torrent = signed(Map.of("sources", new SignedTorrents().sources())).bytes();

        assertThat(check(torrent, publisher(ID, KEY)).kind()).isEqualTo(Kind.KNOWN);
        assertThat(check(replace(torrent, "http://tracker.example", "http://tracker.hostile"), publisher(ID, KEY)).kind()).isEqualTo(Kind.BROKEN);
        // BEP 35 alone does not cover trackers: without extras they are what they are, untrusted
        assertThat(check(replace(signed().bytes(), "http://tracker.example", "http://tracker.hostile"), publisher(ID, KEY)).kind())
                .isEqualTo(Kind.KNOWN);
    }

    @Test
    void anAddedWebServerUnderSignedExtrasBreaksTheSignature() throws Exception {
        SignedTorrents torrent = signed(Map.of("sources", new SignedTorrents().sources()));
        torrent.torrent().put("url-list", List.of("http://hostile.example/"));

        assertThat(check(torrent.bytes()).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void whatIsSignedUntilYesterdayHasExpired() throws Exception {
        Authorship author = check(signed(Map.of("expires", NOW.getEpochSecond())).bytes(), publisher(ID, KEY));

        assertThat(author.kind()).isEqualTo(Kind.EXPIRED);
        assertThat(author.name()).isEqualTo("Example Press");
        assertThat(check(signed(Map.of("expires", NOW.getEpochSecond() + 1)).bytes(), publisher(ID, KEY)).kind()).isEqualTo(Kind.KNOWN);
    }

    @ParameterizedTest
    @CsvSource({"-20, -10", "10, 20"})
    void aCertificateHoldsInItsTimeOnly(int fromDays, int untilDays) throws Exception {
        byte[] certificate = certificate(ID, KEY, day(fromDays), day(untilDays));
        byte[] torrent = new SignedTorrents().sign(ID, KEY.getPrivate(), RSA, certificate, Map.of()).bytes();

        assertThat(check(torrent, publisher(ID, KEY)).kind()).isEqualTo(Kind.EXPIRED);
    }

    private static Instant day(int fromNow) {
        return NOW.plusSeconds(fromNow * 86_400L);
    }

    @Test
    void aCertificateWhoseTimeSomebodyChangedIsBroken() throws Exception {
        byte[] torrent = new SignedTorrents().sign(ID, KEY.getPrivate(), RSA, certificate(ID, KEY, day(-20), day(-10)), Map.of()).bytes();
        String until = "260219120000Z";

        assertThat(check(replace(torrent, until, "360219120000Z"), publisher(ID, KEY)).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void aTorrentThatHasTwoInfosIsRefusedBeforeAnythingIsVerified() {
        byte[] torrent = signed().bytes();
        String latin = new String(torrent, StandardCharsets.ISO_8859_1);
        String info = latin.substring(latin.indexOf("4:info"), latin.indexOf("10:signatures"));
        byte[] twice = latin.replace("10:signatures", info + "10:signatures").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> MetainfoReader.read(twice)).isInstanceOfSatisfying(RefusedException.class,
                e -> assertThat(e.refusal().rule()).isEqualTo("bencode.duplicate-key"));
    }

    @Test
    void aSignerWhoStandsTwiceIsRefusedToo() {
        String latin = new String(signed().bytes(), StandardCharsets.ISO_8859_1);
        String entry = latin.substring(latin.indexOf("17:" + ID), latin.length() - 2);
        byte[] twice = (latin.substring(0, latin.length() - 2) + entry + "ee").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> MetainfoReader.read(twice)).isInstanceOfSatisfying(RefusedException.class,
                e -> assertThat(e.refusal().rule()).isEqualTo("bencode.duplicate-key"));
    }

    @Test
    void aSecondSignatureThatIsBrokenSpoilsAGoodOne() throws Exception {
        byte[] torrent = signed().put("org.other", new byte[256], certificate("org.other", OTHER), Map.of()).bytes();

        Authorship author = check(torrent, publisher(ID, KEY));

        assertThat(author.kind()).isEqualTo(Kind.BROKEN);
        assertThat(author.id()).isEqualTo("org.other");
    }

    @Test
    void aSecondGoodSignatureOfAStrangerDoesNoHarm() throws Exception {
        byte[] torrent = signed().sign("org.other", OTHER.getPrivate(), RSA, certificate("org.other", OTHER), Map.of()).bytes();

        assertThat(check(torrent, publisher(ID, KEY)).name()).isEqualTo("Example Press");
    }

    @Test
    void aSmallKeyIsWeak() throws Exception {
        KeyPair small = rsa(1024);
        byte[] torrent = new SignedTorrents().sign(ID, small.getPrivate(), RSA, certificate(ID, small), Map.of()).bytes();

        assertThat(check(torrent, new Publisher(ID, key(small), "Example Press", NOW, false)).kind()).isEqualTo(Kind.WEAK);
        assertThat(check(replace(torrent, "4:name5:a.bin", "4:name5:b.bin")).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void sha1IsWeakEvenOfAKnownPublisher() throws Exception {
        byte[] torrent = new SignedTorrents().sign(ID, KEY.getPrivate(), "SHA1withRSA", certificate(ID, KEY), Map.of()).bytes();

        assertThat(check(torrent, publisher(ID, KEY)).kind()).isEqualTo(Kind.WEAK);
    }

    @Test
    void aKeyOfAnotherKindIsWeak() throws Exception {
        KeyPair curve = SignedTorrents.keyPair("Ed448");
        byte[] torrent = new SignedTorrents()
                .put(ID, new byte[114], SignedTorrents.issued(ID, curve.getPublic(), KEY.getPrivate()), Map.of()).bytes();

        assertThat(check(torrent).kind()).isEqualTo(Kind.WEAK);
    }

    @Test
    void whatWasSignedForSomethingElseIsWeak() throws Exception {
        assertThat(check(signed(Map.of("purpose", "test")).bytes(), publisher(ID, KEY)).kind()).isEqualTo(Kind.WEAK);
        assertThat(check(signed(Map.of("purpose", "publish")).bytes(), publisher(ID, KEY)).kind()).isEqualTo(Kind.KNOWN);
    }

    @Test
    void theCertificateOfSomebodyElseBreaksTheSignature() throws Exception {
        byte[] torrent = new SignedTorrents().sign(ID, KEY.getPrivate(), RSA, certificate("org.example.other", KEY), Map.of()).bytes();

        assertThat(check(torrent, publisher(ID, KEY)).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void aCertificateAndAStatedKeyThatDifferAreBroken() throws Exception {
        byte[] torrent = new SignedTorrents().sign(ID, ED.getPrivate(), "Ed25519", certificate(ID, KEY), Map.of("x-ed25519", raw(ED))).bytes();

        assertThat(check(torrent).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void hashesOfFilesAreHandedOutAndMustFit() throws Exception {
        byte[] hash = SignedTorrents.sha256(new byte[40_000]);
        byte[] fits = signed(Map.of("sha256", hash)).bytes();

        assertThat(MetainfoReader.read(fits).signatures().expectedSha256(0)).hasValueSatisfying(found -> assertThat(found).isEqualTo(hash));
        assertThat(MetainfoReader.read(signed().bytes()).signatures().expectedSha256(0)).isEmpty();
        assertThat(check(signed(Map.of("sha256", Arrays.copyOf(hash, 64))).bytes()).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void twoSignersWhoDisagreeAboutAFileAreBroken() throws Exception {
        byte[] torrent = signed(Map.of("sha256", new byte[32])).sign("org.other", OTHER.getPrivate(), RSA, certificate("org.other", OTHER),
                Map.of("sha256", SignedTorrents.sha256(new byte[0]))).bytes();

        assertThat(check(torrent).kind()).isEqualTo(Kind.BROKEN);
    }

    private static SignedTorrents signed() {
        return signed(Map.of());
    }

    private static SignedTorrents signed(Map<String, Object> own) {
        return new SignedTorrents().sign(ID, KEY.getPrivate(), RSA, certificate(ID, KEY), own);
    }

    private static Authorship check(byte[] torrent, Publisher... book) throws RefusedException {
        return AuthorCheck.of(MetainfoReader.read(torrent).signatures(), List.of(book), NOW);
    }

    private static Publisher publisher(String id, KeyPair key) throws TrustException {
        return new Publisher(id, key(key), "Example Press", NOW, false);
    }

    private static PublisherKey key(KeyPair pair) throws TrustException {
        return PublisherKey.read(Bytes.copyOf(pair.getPublic().getEncoded()));
    }
}
