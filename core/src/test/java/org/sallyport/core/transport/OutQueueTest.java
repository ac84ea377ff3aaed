package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.soon;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.testkit.RawPeer;

/** What a peer costs that asks and does not read, and that every buffer comes back once. */
class OutQueueTest {
    private static final int BLOCK = 16_384;
    private static final int RUN = 4;
    /** Far beyond what the kernels of both ends take, so that a queue is left on our side. */
    private static final int RUNS = 1600;

    /** Sends runs of blocks, and counts how often each buffer came back. */
    private static final class Sender {
        private final AtomicInteger[] back = new AtomicInteger[RUNS];
        private volatile int sent;

        Sender() {
            Arrays.setAll(back, i -> new AtomicInteger());
        }

        void sendWhileWritable(PeerLink link) {
            while (sent < RUNS && link.writable()) {
                sendOne(link);
            }
        }

        void sendOne(PeerLink link) {
            int run = sent++;
            ByteBuffer data = ByteBuffer.allocate(RUN * BLOCK);
            Arrays.fill(data.array(), (byte) run);
            Blocks.send(link, run, 0, data, new int[] {BLOCK, BLOCK, BLOCK, BLOCK}, back[run]::incrementAndGet);
        }

        int unfinished() {
            return sent - (int) Arrays.stream(back).filter(times -> times.get() > 0).count();
        }

        void assertEachCameBackOnce() {
            assertThat(Arrays.stream(back).limit(sent).mapToInt(AtomicInteger::get)).containsOnly(1);
            assertThat(Arrays.stream(back).skip(sent).mapToInt(AtomicInteger::get)).allMatch(times -> times == 0);
        }
    }

    private final Sender sender = new Sender();

    /** A guest that asked for everything and reads nothing, when the queue is full. */
    private RawPeer fullQueue(Doors doors) throws Exception {
        doors.house.share(HASH, () -> new LinkLog((link, line) -> {
            if (line.equals("interested") || line.equals("writable")) {
                sender.sendWhileWritable(link);
            }
        }));
        RawPeer peer = doors.guest("greedy");
        peer.send(RawPeer.frame(2));
        soon().until(() -> sender.sent > 0 && !doors.get(doors.onlyGuest().link()::writable));
        return peer;
    }

    @Test
    void peerThatDoesNotReadHoldsOneQueueAndNoMore() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            fullQueue(doors);
            doors.guest("other"); // turns of the loop in which the full one gets nothing more

            assertThat(sender.sent).isLessThan(RUNS);
            assertThat(sender.unfinished() * RUN * BLOCK).isBetween(512 << 10, (2 << 20) + 2 * RUN * BLOCK);
            assertThat(doors.guest(0).ends()).isEmpty();
        }
    }

    @Test
    void peerThatReadsAgainGetsAllInOrder() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            RawPeer peer = fullQueue(doors);

            for (int block = 0; block < RUNS * RUN; block++) {
                RawPeer.Frame frame = peer.readFrame();
                assertThat(frame.id()).isEqualTo(7);
                assertThat(frame.number(0)).isEqualTo(block / RUN);
                assertThat(frame.number(1)).isEqualTo(block % RUN * BLOCK);
                byte[] payload = frame.payload().toArray();
                assertThat(payload).hasSize(8 + BLOCK);
                assertThat(payload[8 + block % BLOCK]).isEqualTo((byte) (block / RUN));
            }

            soon().until(() -> sender.unfinished() == 0);
            sender.assertEachCameBackOnce();
        }
    }

    @Test
    void peerThatTakesNothingFromAFullQueueIsClosed() throws Exception {
        try (Doors doors = new Doors(NEVER, 200)) {
            fullQueue(doors);

            soon().until(() -> doors.onlyGuest().ends().equals(List.of("closed link.not-reading")));
            doors.awaitConnections(0);
            sender.assertEachCameBackOnce();
        }
    }

    @Test
    void peerThatTakesNothingFromAQueueWithRoomIsClosed() throws Exception {
        try (Doors doors = new Doors(NEVER, 200)) {
            doors.guest("modest");
            LinkLog guest = doors.onlyGuest();
            doors.run(() -> {
                while (guest.link().unsentBytes() < 3 << 19) {
                    sender.sendOne(guest.link());
                    guest.link().flushNow();
                }
                assertThat(guest.link().writable()).isTrue();
            });

            soon().until(() -> guest.ends().equals(List.of("closed link.not-reading")));
            sender.assertEachCameBackOnce();
        }
    }

    @Test
    void peerThatTakesSomethingOrHasTakenAllStays() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            fullQueue(doors);
            doors.guest("idle");
            PeerLink slow = doors.guest(0).link();
            PeerLink idle = doors.guest(1).link();
            doors.run(() -> {
                slow.checkProgress(slow.sentBytes() - 1);
                idle.checkProgress(idle.sentBytes());
            });

            assertThat(doors.get(slow::open)).isTrue();
            assertThat(doors.get(idle::open)).isTrue();
        }
    }

    @Test
    void partOfALargeBufferCountsAsTaken() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.guest("slow");
            PeerLink slow = doors.onlyGuest().link();
            int[] lengths = new int[(6 << 20) / BLOCK]; // more than the system takes at once, less than is too much
            Arrays.fill(lengths, BLOCK);
            AtomicInteger back = new AtomicInteger();
            doors.run(() -> Blocks.send(slow, 0, 0, ByteBuffer.allocate(lengths.length * BLOCK), lengths, back::incrementAndGet));

            soon().until(() -> doors.get(slow::sentBytes) > BLOCK);
            assertThat(back).hasValue(0);
        }
    }

    @Test
    void peerWhoseAnswersPileUpIsClosed() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            fullQueue(doors);
            LinkLog guest = doors.onlyGuest();
            doors.run(() -> {
                while (guest.link().open() && sender.sent < RUNS) {
                    sender.sendOne(guest.link());
                    guest.link().flushNow();
                }
            });

            soon().until(() -> guest.ends().equals(List.of("closed link.not-reading")));
            assertThat(sender.sent).isLessThan(RUNS);
            sender.assertEachCameBackOnce();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void buffersComeBackOnceWhenTheConnectionDies(boolean ours) throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            RawPeer peer = fullQueue(doors);
            LinkLog guest = doors.onlyGuest();
            if (ours) {
                doors.run(() -> guest.link().close(CloseReason.STOPPED));
            } else {
                peer.resetOnClose();
                peer.close();
            }
            soon().until(() -> guest.ends().size() == 1);
            doors.run(() -> sender.sendOne(guest.link())); // read from disk meanwhile

            assertThat(sender.unfinished()).isZero();
            sender.assertEachCameBackOnce();
        }
    }
}
