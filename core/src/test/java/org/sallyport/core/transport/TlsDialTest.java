package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.soon;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.RawListener;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.trust.TestDevice;

/** Ben calls Ann, and somebody else, nobody or a broken one answers: never a word in clear, always a reason. */
class TlsDialTest {
    @TempDir
    static Path folder;
    private static TestDevice ann;
    private static TestDevice ben;
    private static TestDevice mallory;

    @BeforeAll
    static void makeDevices() throws Exception {
        ann = TestDevice.make(folder);
        ben = TestDevice.make(folder);
        mallory = TestDevice.make(folder);
    }

    private static LinkLog callAnn(Doors doors, PeerAddress address) {
        LinkLog handler = new LinkLog();
        doors.dialTls(address, TlsTerms.dial(ben.tls(), ann.paired()), handler);
        return handler;
    }

    private static void awaitEnd(Doors doors, LinkLog handler, String rule) {
        soon().until(() -> !handler.lines().isEmpty());
        assertThat(handler.lines()).containsExactly("closed " + rule);
        doors.awaitConnections(0);
        assertThat(doors.get(doors.port::canDial)).isTrue();
    }

    @Test
    void manInTheMiddleWithAnotherCertificateIsRefusedAndToldNothing() throws Exception {
        try (Doors ours = new Doors(NEVER); Doors between = new Doors(NEVER)) {
            between.house.answer(name -> Optional.of(TlsAnswer.paired(mallory.tls(), ben.paired())));

            awaitEnd(ours, callAnn(ours, between.address()), "tls.unknown-peer");

            between.awaitConnections(0);
            assertThat(between.house.guests()).isEmpty();
            assertThat(between.house.turnedAway()).hasSize(1);
        }
    }

    @Test
    void deviceThatDoesNotTakeUsTellsSo() throws Exception {
        try (Doors ours = new Doors(NEVER); Doors theirs = new Doors(NEVER)) {
            theirs.house.answer(name -> Optional.of(TlsAnswer.paired(ann.tls(), mallory.paired())));

            awaitEnd(ours, callAnn(ours, theirs.address()), "tls.refused-by-peer");

            assertThat(theirs.house.turnedAway()).containsExactly("tls.unknown-peer " + mallory.identity().id().text());
        }
    }

    @Test
    void deviceThatRemovedUsIsSilent() throws Exception {
        ann.desk().serve(List.of(), List.of());
        try (Doors ours = new Doors(NEVER); Doors theirs = new Doors(200).answerAs(ann)) {
            awaitEnd(ours, callAnn(ours, theirs.address()), "link.remote");
        }
    }

    @Test
    void deviceThatWasRemovedWhileItWasCalledIsToldNothing() throws Exception {
        try (Doors ours = new Doors(NEVER); Doors theirs = new Doors(NEVER)) {
            theirs.house.answer(name -> Optional.of(TlsAnswer.paired(ann.tls(), ben.paired())));
            LinkLog handler = new LinkLog();
            ours.dialTls(theirs.address(), TlsTerms.dial(ben.tls(), ann.paired()).whileTrusted(() -> false), handler);

            awaitEnd(ours, handler, "device.removed");

            theirs.awaitConnections(0);
            assertThat(theirs.house.guests()).isEmpty();
        }
    }

    @Test
    void whoAnswersInClearIsNotSpokenToInClear() throws Exception {
        try (Doors ours = new Doors(NEVER); RawListener other = RawPeer.listen()) {
            LinkLog handler = callAnn(ours, PeerAddress.of(other.address()));
            RawPeer peer = ours.keep(other.accept());
            assertThat(peer.read(2)).containsExactly(0x16, 3);
            peer.send(RawPeer.handshake(HASH, RawPeer.peerId("plain")));

            awaitEnd(ours, handler, "tls.handshake");
        }
    }

    @Test
    void whoSaysNothingIsLeftAtTheDeadline() throws Exception {
        try (Doors ours = new Doors(200); RawListener other = RawPeer.listen()) {
            LinkLog handler = callAnn(ours, PeerAddress.of(other.address()));
            ours.keep(other.accept());

            awaitEnd(ours, handler, "tls.handshake-deadline");
        }
    }

    @Test
    void whoSaysTooMuchIsLeft() throws Exception {
        try (Doors ours = new Doors(NEVER); RawListener other = RawPeer.listen()) {
            LinkLog handler = callAnn(ours, PeerAddress.of(other.address()));
            RawPeer peer = ours.keep(other.accept());
            peer.send(new byte[] {22, 3, 3, -1, -1}, new byte[TlsStage.MAX_HANDSHAKE_BYTES - 4]);

            awaitEnd(ours, handler, "tls.handshake-size");
        }
    }

    @Test
    void whoClosesInTheMiddleIsGone() throws Exception {
        try (Doors ours = new Doors(NEVER); RawListener other = RawPeer.listen()) {
            LinkLog handler = callAnn(ours, PeerAddress.of(other.address()));
            RawPeer peer = other.accept();
            peer.read(100);
            peer.endOutput();

            awaitEnd(ours, handler, "link.remote");
            peer.close();
        }
    }

    @Test
    void nobodyAnswersAtAClosedPort() throws Exception {
        PeerAddress nobody;
        try (RawListener listener = RawPeer.listen()) {
            nobody = PeerAddress.of(listener.address());
        }
        try (Doors ours = new Doors(NEVER)) {
            awaitEnd(ours, callAnn(ours, nobody), "link.unreachable");
        }
    }

    @Test
    void secureDialsCountAsUnderWay() throws Exception {
        try (Doors ours = new Doors(NEVER); RawListener other = RawPeer.listen()) {
            for (int i = 0; i < PeerPort.MAX_PENDING_DIALS; i++) {
                callAnn(ours, PeerAddress.of(other.address()));
            }
            assertThat(ours.get(ours.port::canDial)).isFalse();
            other.accept().close();

            soon().until(() -> ours.get(ours.port::canDial));
            for (int i = 1; i < PeerPort.MAX_PENDING_DIALS; i++) {
                other.accept().close();
            }
        }
    }
}
