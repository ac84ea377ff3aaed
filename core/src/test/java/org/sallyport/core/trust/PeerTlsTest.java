package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices that are what they say. */
class PeerTlsTest {
    @TempDir
    static Path folder;
    private static final SetClock CLOCK = new SetClock();
    private static Identity ann;
    private static Identity ben;
    private static PairedDevice annForBen;
    private static PairedDevice benForAnn;
    private final PeerTls tlsOfAnn = new PeerTls(ann, CLOCK);
    private final PeerTls tlsOfBen = new PeerTls(ben, CLOCK);

    @BeforeAll
    static void pair() throws Exception {
        ann = Identity.open(Files.createDirectory(folder.resolve("ann")), CLOCK);
        ben = Identity.open(Files.createDirectory(folder.resolve("ben")), CLOCK);
        annForBen = Devices.paired(ann.publicKey(), Devices.pairKey(1));
        benForAnn = Devices.paired(ben.publicKey(), Devices.pairKey(1));
    }

    @Test
    void pairedDevicesComeTogetherAndKnowEachOther() throws Exception {
        EngineTalk talk = new EngineTalk(tlsOfBen.dial(annForBen), tlsOfAnn.answer(benForAnn)).run();

        assertThat(talk.client.rule() + talk.server.rule()).isEmpty();
        assertThat(talk.bothOpen()).isTrue();
        assertThat(tlsOfBen.verify(talk.client.engine)).isEqualTo(new VerifiedPeer(ann.id(), ann.publicKey(), false));
        assertThat(tlsOfAnn.verify(talk.server.engine)).isEqualTo(new VerifiedPeer(ben.id(), ben.publicKey(), false));
        for (SSLEngine engine : List.of(talk.client.engine, talk.server.engine)) {
            assertThat(engine.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(engine.getSession().getCipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
            assertThat(engine.getApplicationProtocol()).isEqualTo("sallyport/1");
        }
    }

    @Test
    void whatIsSentArrivesAndIsNotInClear() throws Exception {
        EngineTalk talk = new EngineTalk(tlsOfBen.dial(annForBen), tlsOfAnn.answer(benForAnn)).run();
        ByteBuffer wire = ByteBuffer.allocate(20_000);
        ByteBuffer read = ByteBuffer.allocate(20_000);

        talk.client.engine.wrap(ByteBuffer.wrap("BitTorrent protocol".getBytes(StandardCharsets.US_ASCII)), wire);
        assertThat(new String(wire.array(), StandardCharsets.ISO_8859_1)).doesNotContain("BitTorrent");
        talk.server.engine.unwrap(wire.flip(), read);

        assertThat(new String(read.array(), 0, read.position(), StandardCharsets.US_ASCII)).isEqualTo("BitTorrent protocol");
    }

    @Test
    void theFirstMessageCarriesATokenForTheOtherSideAndNothingElseInClear() throws Exception {
        SSLEngine client = tlsOfBen.dial(annForBen);
        String name = ((SNIHostName) client.getSSLParameters().getServerNames().get(0)).getAsciiName();
        EngineTalk talk = new EngineTalk(client, tlsOfAnn.answer(benForAnn)).run();

        TokenDesk desk = new TokenDesk(ann.id(), CLOCK);
        desk.serve(List.of(benForAnn), List.of());
        assertThat(desk.find(name)).isEqualTo(new Caller.Paired(benForAnn));
        assertThat(text(talk.client)).contains(name);
        for (EngineTalk.Side side : List.of(talk.client, talk.server)) {
            assertThat(text(side)).doesNotContain("peer").doesNotContain(spki(ann)).doesNotContain(spki(ben));
        }
        assertThat(((SNIHostName) tlsOfBen.dial(annForBen).getSSLParameters().getServerNames().get(0)).getAsciiName()).isNotEqualTo(name);
    }

    @Test
    void nothingIsSentAfterTheHandshakeThatWouldLetASessionBeResumed() throws Exception {
        EngineTalk talk = new EngineTalk(tlsOfBen.dial(annForBen), tlsOfAnn.answer(benForAnn)).run();
        EngineTalk withTickets = new EngineTalk(TlsParty.with(ben.privateKey(), ben.certificate()).client(),
                TlsParty.with(ann.privateKey(), ann.certificate()).server()).run();

        // the last thing a server says is a ticket, if it gives any
        assertThat(withTickets.bothOpen()).isTrue();
        assertThat(talk.server.sent).hasSizeLessThan(withTickets.server.sent.size());
    }

    @Test
    void aCodePairsItsReaderWithTheDeviceThatShowsIt() throws Exception {
        PairingOffer offer = PairingOffer.make(ann.id(), List.of(), CLOCK, Devices.RANDOM);
        TokenDesk desk = new TokenDesk(ann.id(), CLOCK);
        desk.offer(offer);
        SSLEngine reader = tlsOfBen.dialPairing(PairingCode.parse(offer.code().text()));
        String name = ((SNIHostName) reader.getSSLParameters().getServerNames().get(0)).getAsciiName();
        assertThat(desk.find(name)).isEqualTo(new Caller.Invited(offer));

        EngineTalk talk = new EngineTalk(reader, tlsOfAnn.answerInvited()).run();

        assertThat(talk.bothOpen()).isTrue();
        assertThat(talk.server.engine.getApplicationProtocol()).isEqualTo("sallyport-pair/1");
        assertThat(tlsOfAnn.verify(talk.server.engine).publicKey()).isEqualTo(ben.publicKey());
        assertThat(tlsOfBen.verify(talk.client.engine).id()).isEqualTo(ann.id());
    }

    @Test
    void twoDevicesThatAwaitEachOtherComeTogether() throws Exception {
        AwaitedDevice annAwaited = Devices.awaited(ann.id());
        AwaitedDevice benAwaited = Devices.awaited(ben.id());
        SSLEngine caller = tlsOfBen.dialAwaited(annAwaited);
        String name = ((SNIHostName) caller.getSSLParameters().getServerNames().get(0)).getAsciiName();
        TokenDesk desk = new TokenDesk(ann.id(), CLOCK);
        desk.serve(List.of(), List.of(benAwaited));
        assertThat(desk.find(name)).isEqualTo(new Caller.Awaited(benAwaited));

        EngineTalk talk = new EngineTalk(caller, tlsOfAnn.answerAwaited(benAwaited)).run();

        assertThat(talk.bothOpen()).isTrue();
        assertThat(tlsOfAnn.verify(talk.server.engine).id()).isEqualTo(ben.id());
        assertThat(talk.client.engine.getApplicationProtocol()).isEqualTo("sallyport-pair/1");
    }

    @Test
    void anEd25519DeviceIsAsGood() throws Exception {
        TlsParty other = TlsParty.with(TlsParty.keyPair("Ed25519", 0));
        PairedDevice device = Devices.paired(other.publicKey(), Devices.pairKey(1));

        assertThat(new EngineTalk(other.client(), tlsOfAnn.answer(device)).run().bothOpen()).isTrue();
        assertThat(new EngineTalk(tlsOfAnn.dial(device), other.server()).run().bothOpen()).isTrue();
    }

    @Test
    void anEngineBeforeItsHandshakeVerifiesNobody() {
        SSLEngine engine = tlsOfBen.dial(annForBen);

        assertThat(Devices.rule(() -> tlsOfBen.verify(engine))).isEqualTo("tls.handshake");
        assertThatThrownBy(() -> engine.getSession().getPeerCertificates()).isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @Test
    void noListOfIssuersGoesOut() {
        assertThat(new PinTrustManager(key -> true, PeerTls.PROTOCOL, CLOCK).getAcceptedIssuers()).isEqualTo(new X509Certificate[0]);
    }

    private static String spki(Identity identity) {
        return new String(identity.publicKey().toArray(), StandardCharsets.ISO_8859_1);
    }

    private static String text(EngineTalk.Side side) {
        StringBuilder text = new StringBuilder();
        side.sent.forEach(record -> text.append(new String(record, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }
}
