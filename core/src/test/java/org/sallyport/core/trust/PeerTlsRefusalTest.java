package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody else, calling and answering (invariants I4, I5). */
class PeerTlsRefusalTest {
    @TempDir
    static Path folder;
    private static final SetClock CLOCK = new SetClock();
    private static final KeyPair PEER = SelfSigned.newKey(Devices.RANDOM);
    private static Identity self;
    private final PeerTls tls = new PeerTls(self, CLOCK);

    @BeforeAll
    static void makeIdentity() throws Exception {
        self = Identity.open(Files.createDirectory(folder.resolve("self")), CLOCK);
    }

    /** Who we talk to; the pin is the key the party shows, unless the case says otherwise. */
    enum Fault {
        WRONG_KEY("tls.unknown-peer") {
            @Override
            TlsParty party() throws Exception {
                return TlsParty.with(SelfSigned.newKey(Devices.RANDOM));
            }

            @Override
            PairedDevice pinned(TlsParty party) {
                return Devices.paired(1);
            }
        },
        TWO_CERTIFICATES("tls.cert-chain") {
            @Override
            TlsParty party() throws Exception {
                return TlsParty.with(PEER.getPrivate(), TlsParty.with(PEER).certificate(), TlsParty.with(SelfSigned.newKey(Devices.RANDOM))
                        .certificate());
            }
        },
        RSA("tls.cert-key") {
            @Override
            TlsParty party() throws Exception {
                return TlsParty.with(TlsParty.keyPair("RSA", 2048));
            }
        },
        P384("tls.cert-key") {
            @Override
            TlsParty party() throws Exception {
                return TlsParty.with(TlsParty.keyPair("EC", 384));
            }
        },
        SIGNED_BY_ANOTHER("tls.cert-signature") {
            @Override
            TlsParty party() throws Exception {
                KeyPair mixed = new KeyPair(PEER.getPublic(), SelfSigned.newKey(Devices.RANDOM).getPrivate());
                return TlsParty.with(PEER.getPrivate(), TlsParty.with(mixed).certificate());
            }
        },
        SIGNED_WITH_SHA1("tls.cert-signature") {
            @Override
            TlsParty party() throws Exception {
                X509Certificate weak = SelfSigned.issue(PEER, "SHA1withECDSA", NOW.minus(DAY), NOW.plus(DAY), Devices.RANDOM);
                return TlsParty.with(PEER.getPrivate(), weak);
            }
        },
        EXPIRED("tls.cert-expired") {
            @Override
            TlsParty party() throws Exception {
                return TlsParty.with(PEER, NOW.minus(DAY.multipliedBy(400)), NOW.minus(DAY.multipliedBy(31)));
            }
        },
        NOT_YET_VALID("tls.cert-early") {
            @Override
            TlsParty party() throws Exception {
                return TlsParty.with(PEER, NOW.plus(DAY.multipliedBy(3)), NOW.plus(DAY.multipliedBy(400)));
            }
        },
        TLS_1_2("tls.bad-version") {
            @Override
            TlsParty party() throws Exception {
                return TlsParty.with(PEER).versions("TLSv1.2");
            }
        },
        ANOTHER_PROTOCOL("tls.alpn") {
            @Override
            TlsParty party() throws Exception {
                return TlsParty.with(PEER).alpn("h2", "sallyport/2");
            }
        },
        PAIRING_PROTOCOL("tls.alpn") {
            @Override
            TlsParty party() throws Exception {
                return TlsParty.with(PEER).alpn(PeerTls.PAIRING_PROTOCOL);
            }
        },
        NO_PROTOCOL("tls.alpn") {
            @Override
            TlsParty party() throws Exception {
                return TlsParty.with(PEER).alpn();
            }
        };

        private static final Instant NOW = SetClock.START;
        private static final Duration DAY = Duration.ofDays(1);
        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        abstract TlsParty party() throws Exception;

        PairedDevice pinned(TlsParty party) {
            return Devices.paired(party.publicKey(), Devices.pairKey(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoCallsWithAFaultIsRefused(Fault fault) throws Exception {
        TlsParty caller = fault.party();
        EngineTalk talk = new EngineTalk(caller.client(), tls.answer(fault.pinned(caller))).run();

        assertThat(talk.server.rule()).isEqualTo(fault.rule);
        assertThat(talk.server.isOpen()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whoAnswersWithAFaultIsRefusedAndDoesNotLearnWhoCalled(Fault fault) throws Exception {
        TlsParty answering = fault.party();
        EngineTalk talk = new EngineTalk(tls.dial(fault.pinned(answering)), answering.server()).run();

        assertThat(talk.client.rule()).isEqualTo(fault.rule);
        assertThat(talk.client.isOpen()).isFalse();
        assertThat(talk.server.isOpen()).isFalse();
        // a certificate and the proof of its key alone would be 500 bytes more than a ClientHello and an alert
        assertThat(talk.client.bytesSent() - talk.client.sent.get(0).length).isLessThan(100);
    }

    @Test
    void whoShowsNoCertificateIsRefused() throws Exception {
        EngineTalk talk = new EngineTalk(TlsParty.withoutKey().client(), tls.answer(Devices.paired(1))).run();

        assertThat(talk.server.rule()).isEqualTo("tls.cert-missing");
        assertThat(talk.server.isOpen()).isFalse();
    }

    @Test
    void theRefusedSideHearsThatItWasRefused() throws Exception {
        EngineTalk talk = new EngineTalk(new PeerTls(self, CLOCK).dial(Devices.paired(self.publicKey(), Devices.pairKey(1))),
                tls.answer(Devices.paired(2))).run();

        assertThat(talk.server.rule()).isEqualTo("tls.unknown-peer");
        assertThat(talk.client.rule()).isEqualTo("tls.refused-by-peer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.2,TLSv1.3"})
    void whoOffersTls12TooIsSpokenToIn13Only(String versions) throws Exception {
        TlsParty caller = TlsParty.with(PEER).versions(versions.split(","));
        EngineTalk talk = new EngineTalk(caller.client(), tls.answer(Devices.paired(caller.publicKey(), Devices.pairKey(1)))).run();

        assertThat(talk.bothOpen()).isEqualTo(versions.contains("1.3"));
    }

    @Test
    void thePairingDialogueTakesTheSameRulesButTheKey() throws Exception {
        TlsParty anybody = TlsParty.with(SelfSigned.newKey(Devices.RANDOM)).alpn(PeerTls.PAIRING_PROTOCOL);
        TlsParty rsa = TlsParty.with(TlsParty.keyPair("RSA", 2048)).alpn(PeerTls.PAIRING_PROTOCOL);
        TlsParty peerProtocol = TlsParty.with(PEER);

        assertThat(new EngineTalk(anybody.client(), tls.answerInvited()).run().bothOpen()).isTrue();
        assertThat(new EngineTalk(rsa.client(), tls.answerInvited()).run().server.rule()).isEqualTo("tls.cert-key");
        assertThat(new EngineTalk(peerProtocol.client(), tls.answerInvited()).run().server.rule()).isEqualTo("tls.alpn");
        assertThat(new EngineTalk(TlsParty.withoutKey().alpn(PeerTls.PAIRING_PROTOCOL).client(), tls.answerInvited()).run().server.rule())
                .isEqualTo("tls.cert-missing");
    }

    @Test
    void whoStandsInForTheDeviceOfACodeOrAnAwaitedOneIsRefused() throws Exception {
        TlsParty middle = TlsParty.with(PEER).alpn(PeerTls.PAIRING_PROTOCOL);
        PairingOffer offer = PairingOffer.make(Devices.id(1), List.of(), CLOCK, Devices.RANDOM);

        assertThat(new EngineTalk(tls.dialPairing(offer.code()), middle.server()).run().client.rule()).isEqualTo("tls.unknown-peer");
        assertThat(new EngineTalk(tls.dialAwaited(Devices.awaited(Devices.id(1))), middle.server()).run().client.rule())
                .isEqualTo("tls.unknown-peer");
        assertThat(new EngineTalk(middle.client(), tls.answerAwaited(Devices.awaited(Devices.id(1)))).run().server.rule())
                .isEqualTo("tls.unknown-peer");
    }

    /** Hours from the start and to the end of the certificate's time; negative: the start is in the future, the end in the past. */
    @ParameterizedTest
    @CsvSource({"1, 1, true, false", "-47, 100, true, true", "-49, 100, false, true", "100, -719, true, true", "100, -721, false, true"})
    void aClockThatIsALittleWrongIsForgivenAndTold(long sinceStart, long toEnd, boolean open, boolean outOfDate) throws Exception {
        TlsParty caller = TlsParty.with(PEER, CLOCK.instant().minus(Duration.ofHours(sinceStart)), CLOCK.instant().plus(Duration.ofHours(toEnd)));
        EngineTalk talk = new EngineTalk(caller.client(), tls.answer(Devices.paired(caller.publicKey(), Devices.pairKey(1)))).run();

        assertThat(talk.bothOpen()).isEqualTo(open);
        if (open) {
            assertThat(tls.verify(talk.server.engine).outOfDate()).isEqualTo(outOfDate);
        }
    }

    @Test
    void anyFailureHasARuleAndASentence() {
        assertThat(PeerTls.refusal(new IOException("wrapped", new SSLHandshakeException("Received fatal alert: protocol_version"))).rule())
                .isEqualTo("tls.bad-version");
        assertThat(PeerTls.refusal(new IllegalStateException()).rule()).isEqualTo("tls.handshake");
        assertThat(PeerTls.refusal(new SSLHandshakeException(null)).rule()).isEqualTo("tls.handshake");
    }
}
