package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.soon;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.testkit.RawPeer;

/** Messages on an open connection, and how it ends. */
class LinkTest {

    @Test
    void twoPortsTalkBothWays() throws Exception {
        ByteBuffer data = ByteBuffer.allocateDirect(20_000).putInt(3, 99);
        try (Doors ours = new Doors(NEVER); Doors theirs = new Doors(NEVER)) {
            theirs.house.share(HASH, () -> new LinkLog((link, line) -> {
                if (line.startsWith("request")) {
                    Blocks.send(link, 1, 16_384, data.duplicate(), new int[] {16_384, 3616}, () -> { });
                }
            }));
            LinkLog dialler = new LinkLog();
            ours.dial(theirs.address(), dialler);
            LinkLog guest = theirs.onlyGuest();
            soon().until(() -> dialler.isOpened() && guest.isOpened());

            ours.run(() -> {
                PeerLink link = dialler.link();
                link.keepAlive();
                link.choke();
                link.unchoke();
                link.interested();
                link.notInterested();
                link.have(4);
                link.haveAll();
                link.haveNone();
                link.bitfield(new byte[3]);
                link.cancel(1, 2, 3);
                link.reject(4, 5, 6);
                link.extended(9, new byte[5000]);
                link.request(1, 16_384, 20_000);
            });

            soon().until(() -> dialler.lines().size() == 5);
            assertThat(guest.lines()).containsExactly("opened", "keep-alive", "choke", "unchoke", "interested", "not-interested", "have 4",
                    "have-all",
                    "have-none", "bitfield 3", "cancel 1 2 3", "reject 4 5 6", "extended 9 5000", "request 1 16384 20000");
            assertThat(dialler.lines()).containsExactly("opened", "piece 1 16384 16384", "block " + data.slice(0, 16_384).hashCode(),
                    "piece 1 32768 3616", "block " + data.slice(16_384, 3616).hashCode());
            assertThat(dialler.theirs().peerId()).isEqualTo(OpenHouse.PEER_ID);

            ours.run(() -> dialler.link().close(CloseReason.STOPPED));
            soon().until(() -> guest.ends().equals(List.of("closed link.remote")) && dialler.ends().equals(List.of("closed link.stopped")));
            ours.awaitConnections(0);
            theirs.awaitConnections(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, wire.frame-length", "2, wire.message-length"})
    void violationEndsTheConnectionWithItsRule(int length, String rule) throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            RawPeer peer = doors.guest("liar");
            peer.send(RawPeer.frame(4, 1), ByteBuffer.allocate(5).putInt(length).put((byte) 4).array(), RawPeer.frame(1));

            peer.drainToEnd();
            soon().until(() -> doors.onlyGuest().lines().equals(List.of("opened", "have 1", "closed " + rule)));
            doors.awaitConnections(0);
        }
    }

    @Test
    void violationIsToldAlsoWhenThereAreBytesToSend() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.share(HASH, () -> new LinkLog((link, line) -> {
                if (line.equals("have 1")) {
                    Blocks.send(link, 0, 0, ByteBuffer.allocateDirect(16_384), new int[] {16_384}, () -> { });
                    link.unchoke();
                }
            }));
            RawPeer peer = doors.guest("liar");
            peer.send(RawPeer.frame(4, 1), new byte[] {-1, -1, -1, -1});

            soon().until(() -> !doors.onlyGuest().ends().isEmpty());
            assertThat(doors.onlyGuest().ends()).containsExactly("closed wire.frame-length");
        }
    }

    @Test
    void firstReasonToCloseIsTheOneThatIsTold() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.guest("guest");
            LinkLog guest = doors.onlyGuest();
            doors.run(() -> {
                guest.link().interested();
                guest.link().close(new CloseReason("link.idle", "the peer was silent for too long"));
                guest.link().close(CloseReason.STOPPED);
                assertThat(guest.link().open()).isFalse();
            });

            soon().until(() -> guest.ends().equals(List.of("closed link.idle")));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void peerThatGoesEndsTheConnectionOnce(boolean reset) throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            RawPeer peer = doors.guest("leaver");
            peer.send(RawPeer.frame(4, 1));
            soon().until(() -> doors.onlyGuest().lines().contains("have 1"));
            if (reset) {
                peer.resetOnClose();
            }
            peer.close();

            doors.awaitConnections(0);
            soon().until(() -> !doors.onlyGuest().ends().isEmpty());
            assertThat(doors.onlyGuest().ends()).containsExactly(reset ? "closed link.error" : "closed link.remote");
        }
    }

    /** Where a handler fails, and with what; an error as it comes from hostile nesting as much as a bug. */
    @ParameterizedTest
    @CsvSource({"opened, false", "opened, true", "have 1, false", "have 1, true", "turn, false", "turn, true", "closed link.error, false",
            "closed link.error, true"})
    void handlerThatFailsCostsOnlyItsConnection(String where, boolean error) throws Exception {
        AtomicBoolean planted = new AtomicBoolean(true);
        try (Doors doors = new Doors(NEVER)) {
            RawPeer bystander = doors.guest("bystander");
            doors.house.share(HASH, () -> new LinkLog((link, line) -> {
                boolean last = line.equals("have 1") && where.startsWith("closed");
                if (line.equals(where) && planted.get() || last) {
                    fail(error);
                }
            }));
            RawPeer trouble = doors.greeter(HASH, "trouble");
            trouble.send(RawPeer.frame(4, 1));

            trouble.drainToEnd();
            doors.awaitConnections(1);
            LinkLog failed = doors.guest(1);
            soon().until(() -> failed.ends().equals(List.of("closed link.error")));
            planted.set(false);
            bystander.send(RawPeer.frame(1));
            doors.guest("next");
            soon().until(() -> doors.guest(0).lines().equals(List.of("opened", "unchoke")));
            assertThat(doors.connections()).isEqualTo(2);
        }
    }

    private static void fail(boolean error) {
        if (error) {
            overflow(0);
        }
        throw new IllegalStateException("planted");
    }

    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }
}
