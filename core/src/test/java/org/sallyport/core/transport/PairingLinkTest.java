package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.soon;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.RawListener;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.trust.Caller;
import org.sallyport.core.trust.PairingOffer;
import org.sallyport.core.trust.TestDevice;
import org.sallyport.core.trust.TestDevice.Pretender;
import org.sallyport.core.trust.VerifiedPeer;

/** Ben reads Ann's code, or both know each other's id, and they are paired over Ann's port. */
class PairingLinkTest {
    private static final long SHORT = 300;
    @TempDir
    static Path folder;
    private static TestDevice ann;
    private static TestDevice ben;

    private final PairingTalk ofAnn = new PairingTalk(false, ann);
    private final PairingTalk ofBen = new PairingTalk(true, ben);

    @BeforeAll
    static void makeDevices() throws Exception {
        ann = TestDevice.make(folder);
        ben = TestDevice.make(folder);
    }

    /** Ann's port while she shows the code. */
    private Doors showing(Limits limits, PairingOffer offer) throws Exception {
        ann.desk().offer(offer);
        Doors doors = new Doors(limits);
        doors.house.answer(name -> ann.desk().find(name) instanceof Caller.Invited ? Optional.of(TlsAnswer.invited(ann.tls(), ofAnn))
                : Optional.empty());
        return doors;
    }

    private static Limits patient() {
        return new Limits(NEVER, NEVER, NEVER, 1000);
    }

    private void benReads(Doors from, PeerAddress address, PairingOffer offer) {
        from.run(() -> from.port.dialPairing(address, TlsTerms.dialPairing(ben.tls(), offer.code()), ofBen));
    }

    /** Ben over a raw connection, so that he says what no dialogue says. */
    private static RawTls benCalls(Doors doors, PairingOffer offer) throws Exception {
        return new RawTls(doors.stranger(), ben.tls().dialPairing(offer.code())).handshake();
    }

    private static void confirm(Doors ours, PairingTalk mine, Doors theirs, PairingTalk other) {
        theirs.run(other::confirm);
        ours.run(mine::confirm);
        soon().until(() -> mine.has("paired") && other.has("paired"));
    }

    @Test
    void codeLeadsToTheSameWordsAndToAPairing() throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors ours = new Doors(NEVER); Doors theirs = showing(patient(), offer)) {
            benReads(ours, theirs.address(), offer);
            soon().until(() -> ofAnn.has("words") && ofBen.has("words"));
            assertThat(ofAnn.lines().get(0)).isEqualTo("opened " + ben.identity().id().text());
            assertThat(ofBen.lines().get(0)).isEqualTo("opened " + ann.identity().id().text());
            assertThat(ofAnn.lines().get(1)).isEqualTo(ofBen.lines().get(1));

            confirm(ours, ofBen, theirs, ofAnn);
            assertThat(ofAnn.lines().get(2)).isEqualTo("paired " + ben.identity().publicKey());
            theirs.run(() -> ofAnn.link().close(CloseReason.STOPPED));

            soon().until(() -> ofAnn.has("closed link.stopped") && ofBen.has("closed link.remote"));
            assertThat(ofAnn.lines()).hasSize(4);
            assertThat(ofBen.lines()).hasSize(4);
            ours.awaitConnections(0);
            theirs.awaitConnections(0);
        }
    }

    @Test
    void devicesThatAwaitEachOtherArePaired() throws Exception {
        ann.desk().serve(List.of(), List.of(ben.awaited()));
        try (Doors ours = new Doors(NEVER); Doors theirs = new Doors(NEVER)) {
            theirs.house.answer(name -> ann.desk().find(name) instanceof Caller.Awaited caller
                    ? Optional.of(TlsAnswer.awaited(ann.tls(), caller.device(), ofAnn)) : Optional.empty());
            ours.run(() -> ours.port.dialPairing(theirs.address(), TlsTerms.dialAwaited(ben.tls(), ann.awaited()), ofBen));
            soon().until(() -> ofAnn.has("words") && ofBen.has("words"));

            confirm(ours, ofBen, theirs, ofAnn);
            ours.run(() -> ofBen.link().sendAndClose(new byte[] {1}, CloseReason.STOPPED));
            soon().until(() -> ofAnn.has("closed") && ofBen.has("closed link.stopped"));
        }
    }

    @Test
    void rejectedWordsAreHeardAtTheOtherSide() throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors ours = new Doors(NEVER); Doors theirs = showing(patient(), offer)) {
            benReads(ours, theirs.address(), offer);
            soon().until(() -> ofAnn.has("words") && ofBen.has("words"));
            ours.run(() -> ofBen.link().sendAndClose(ben.dialogue(true, new VerifiedPeer(
                    ann.identity().id(), ann.identity().publicKey(), false)).reject(), CloseReason.STOPPED));

            soon().until(() -> ofAnn.has("closed pairing.rejected") && ofBen.has("closed link.stopped"));
        }
    }

    @Test
    void whoDoesNotGoOnIsClosedAtTheDeadlineOfTheStep() throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors doors = showing(new Limits(SHORT, NEVER, NEVER, 1000), offer)) {
            benCalls(doors, offer).readToEnd();

            soon().until(() -> ofAnn.has("closed pairing.deadline"));
            doors.awaitConnections(0);
        }
    }

    @Test
    void personMayTakeLongerThanAStep() throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors doors = showing(new Limits(SHORT, NEVER, NEVER, 1000), offer)) {
            RawTls call = benCalls(doors, offer);
            soon().until(() -> ofAnn.has("opened"));
            doors.run(() -> ofAnn.link().awaitPerson());
            assertThat(doors.stranger().drainToEnd()).isZero(); // came later, so its deadline is past the step's

            assertThat(doors.connections()).isEqualTo(1);
            call.send(new byte[] {0, 2, 0, 0}); // no message of the dialogue
            soon().until(() -> ofAnn.has("closed"));
        }
    }

    @Test
    void personMayNotTakeLongerThanTheCodeIsGood() throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors ours = new Doors(NEVER); Doors theirs = showing(new Limits(NEVER, NEVER, SHORT, 1000), offer)) {
            benReads(ours, theirs.address(), offer);

            soon().until(() -> ofAnn.has("closed pairing.deadline") && ofBen.has("closed link.remote"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, PairingLink.MAX_MESSAGE + 1, 65_535})
    void messageOfAnotherLengthEndsThePairing(int length) throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors doors = showing(patient(), offer)) {
            RawTls call = benCalls(doors, offer);
            call.send(new byte[] {(byte) (length >> 8), (byte) length});

            soon().until(() -> ofAnn.has("closed pairing.message"));
            doors.awaitConnections(0);
        }
    }

    @Test
    void longestMessageComesWholeHoweverItIsSplit() throws Exception {
        PairingOffer offer = ann.offer();
        List<byte[]> received = new CopyOnWriteArrayList<>();
        try (Doors doors = showing(patient(), offer)) {
            doors.house.answer(name -> Optional.of(TlsAnswer.invited(ann.tls(), new PairingHandler() {
                @Override
                public void opened(PairingLink link, VerifiedPeer peer) { }

                @Override
                public void received(byte[] message) {
                    received.add(message);
                }

                @Override
                public void closed(CloseReason reason) { }
            })));
            RawTls call = benCalls(doors, offer);
            call.send(new byte[] {0x10});
            call.send(new byte[1]);
            call.send(new byte[4000]);
            call.send(new byte[97]);
            call.send(new byte[] {2, 7, 8});

            soon().until(() -> received.size() == 2);
            assertThat(received.get(0)).hasSize(PairingLink.MAX_MESSAGE);
            assertThat(received.get(1)).containsExactly(7, 8);
        }
    }

    @Test
    void endlessMessagesEndThePairing() throws Exception {
        PairingOffer offer = ann.offer();
        List<String> ends = new CopyOnWriteArrayList<>();
        try (Doors doors = showing(patient(), offer)) {
            doors.house.answer(name -> Optional.of(TlsAnswer.invited(ann.tls(), new PairingHandler() {
                @Override
                public void opened(PairingLink link, VerifiedPeer peer) { }

                @Override
                public void received(byte[] message) { }

                @Override
                public void closed(CloseReason reason) {
                    ends.add(reason.rule());
                }
            })));
            RawTls call = benCalls(doors, offer);
            byte[] many = new byte[3 * (PairingStage.MAX_MESSAGES + 1)];
            for (int i = 1; i < many.length; i += 3) {
                many[i] = 1;
            }
            call.send(many);

            soon().until(() -> ends.equals(List.of("pairing.message")));
        }
    }

    @Test
    void callerOfAnotherVersionIsRefusedAndTheOwnerHearsIt() throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors doors = showing(patient(), offer)) {
            String token = TestDevice.serverName(ben.tls().dialPairing(offer.code()));
            doors.stranger().send(RawTls.hello(ben.pretend(Pretender.TLS_1_2, Optional.of(token))));

            soon().until(() -> ofAnn.lines().equals(List.of("closed tls.bad-version")));
        }
    }

    @Test
    void ownerHearsAlsoOfAPairingThatWasOneTooMany() throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors doors = showing(new Limits(SHORT, NEVER, NEVER, 1), offer)) {
            doors.house.answer(name -> Optional.of(TlsAnswer.invited(ann.tls(), ofAnn)));
            doors.stranger().send(RawTls.hello(ben.tls().dialPairing(offer.code())));
            doors.stranger().send(RawTls.hello(ben.tls().dialPairing(offer.code())));

            soon().until(() -> ofAnn.has("closed tls.handshake-rate"));
            soon().until(() -> ofAnn.has("closed tls.handshake-deadline"));
        }
    }

    @Test
    void pairingConnectionIsNoWayToATorrent() throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors doors = showing(patient(), offer)) {
            benCalls(doors, offer).send(RawPeer.handshake(HASH, RawPeer.peerId("sneaky")));

            soon().until(() -> ofAnn.has("closed pairing.message"));
            assertThat(doors.house.guests()).isEmpty();
        }
    }

    @Test
    void readerOfACodeThatNobodyAnswersHearsIt() throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors ours = new Doors(SHORT); RawListener other = RawPeer.listen()) {
            benReads(ours, PeerAddress.of(other.address()), offer);
            ours.keep(other.accept());

            soon().until(() -> ofBen.lines().equals(List.of("closed tls.handshake-deadline")));
            assertThat(ours.get(ours.port::canDial)).isTrue();
        }
    }

    @Test
    void handlerThatFailsCostsOnlyItsConnection() throws Exception {
        PairingOffer offer = ann.offer();
        try (Doors doors = showing(patient(), offer)) {
            doors.guest("bystander");
            List<String> ends = new CopyOnWriteArrayList<>();
            doors.house.answer(name -> Optional.of(TlsAnswer.invited(ann.tls(), new PairingHandler() {
                @Override
                public void opened(PairingLink link, VerifiedPeer peer) {
                    throw new StackOverflowError("planted");
                }

                @Override
                public void received(byte[] message) { }

                @Override
                public void closed(CloseReason reason) {
                    ends.add(reason.rule());
                    throw new IllegalStateException("planted");
                }
            })));
            benCalls(doors, offer).readToEnd();

            soon().until(() -> ends.equals(List.of("link.error")));
            doors.guest("next");
        }
    }
}
