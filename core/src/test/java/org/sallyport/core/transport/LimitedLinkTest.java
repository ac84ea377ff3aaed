package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.soon;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.trust.TestDevice;

/** Limits on real connections of each kind. Loopback is the own network, so it is counted by request. */
class LimitedLinkTest {
    private static final int BLOCK = 16_384;
    private static final int BLOCKS = 64;
    private static final long RATE = 512 << 10;
    /** A fifth of a second's worth, one block, and what handshakes took before. */
    private static final long MORE = RATE / 5 + 2 * BLOCK;

    @TempDir
    private static Path folder;
    private static TestDevice ann;
    private static TestDevice ben;

    private enum Kind { PLAIN, OBFUSCATED, TLS }

    @BeforeAll
    static void makeDevices() throws Exception {
        ann = TestDevice.make(folder);
        ben = TestDevice.make(folder);
        ann.desk().serve(List.of(ben.paired()), List.of());
    }

    private static Doors doors() throws Exception {
        Doors doors = new Doors(NEVER).answerAs(ann);
        doors.house.encrypt(Encryption.PREFER);
        doors.run(() -> doors.limiter.countLocal(true));
        return doors;
    }

    private static LinkLog dial(Doors from, Doors to, Kind kind) {
        LinkLog log = new LinkLog();
        switch (kind) {
            case PLAIN -> from.dial(to.address(), Encryption.OFF, log);
            case OBFUSCATED -> from.dial(to.address(), Encryption.REQUIRE, log);
            case TLS -> from.dialTls(to.address(), TlsTerms.dial(ben.tls(), ann.paired()), log);
        }
        soon().until(log::isOpened);
        return log;
    }

    private static Meter join(Doors doors, LinkLog log) {
        return doors.get(() -> {
            Meter meter = doors.limiter.meter();
            log.link().join(meter);
            return meter;
        });
    }

    private static void sendBlocks(Doors doors, LinkLog from, Runnable written) {
        int[] lengths = new int[BLOCKS];
        Arrays.fill(lengths, BLOCK);
        doors.run(() -> Blocks.send(from.link(), 0, 0, ByteBuffer.allocate(BLOCKS * BLOCK), lengths, written));
    }

    private static long blocks(LinkLog log) {
        return log.lines().stream().filter(line -> line.startsWith("block ")).count();
    }

    private static void assertWithin(long passed, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(passed).isGreaterThan(BLOCKS * BLOCK).isLessThanOrEqualTo((long) (RATE * seconds) + MORE);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void blocksGoNoFasterThanAllowedAndSmallMessagesPassThem(Kind kind) throws Exception {
        try (Doors ours = doors(); Doors theirs = doors()) {
            LinkLog taker = dial(ours, theirs, kind);
            LinkLog giver = theirs.onlyGuest();
            join(theirs, giver);
            long began = System.nanoTime();
            theirs.run(() -> theirs.limiter.total().limit(0, RATE));

            sendBlocks(theirs, giver, () -> giver.link().have(7));
            theirs.run(() -> giver.link().have(9));

            soon().until(() -> taker.lines().contains("have 7"));
            assertWithin(theirs.get(theirs.limiter.total()::sent), began);
            assertThat(taker.lines().indexOf("have 9")).isBetween(1, 2 * BLOCKS / 2);
            assertThat(blocks(taker)).isEqualTo(BLOCKS);
            ours.run(() -> taker.link().close(CloseReason.STOPPED));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void notMoreIsReadThanAllowed(Kind kind) throws Exception {
        try (Doors ours = doors(); Doors theirs = doors()) {
            LinkLog taker = dial(ours, theirs, kind);
            LinkLog giver = theirs.onlyGuest();
            Meter meter = join(ours, taker);
            long began = System.nanoTime();
            ours.run(() -> ours.limiter.total().limit(RATE, 0));

            sendBlocks(theirs, giver, () -> { });

            soon().until(() -> blocks(taker) == BLOCKS);
            assertWithin(ours.get(meter::received), began);
            assertThat(ours.get(taker.link()::heldNanos)).isPositive();
            assertThat(ours.get(() -> taker.link().silentNanos(System.nanoTime()))).isLessThan(System.nanoTime() - began);
            ours.run(() -> taker.link().close(CloseReason.STOPPED));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void limitOfTheTorrentHoldsAndGoesLive(boolean sending) throws Exception {
        try (Doors ours = doors(); Doors theirs = doors()) {
            LinkLog taker = dial(ours, theirs, Kind.PLAIN);
            LinkLog giver = theirs.onlyGuest();
            Meter meter = sending ? join(theirs, giver) : join(ours, taker);
            Doors limited = sending ? theirs : ours;
            limited.run(() -> meter.limit(sending ? 0 : 1024, sending ? 1024 : 0));

            sendBlocks(theirs, giver, () -> { });
            soon().until(() -> limited.get(sending ? () -> !giver.link().writable() : () -> taker.link().heldNanos() > 0));
            assertThat(blocks(taker)).isLessThan(BLOCKS);

            limited.run(() -> meter.limit(0, 0));
            soon().until(() -> blocks(taker) == BLOCKS);
            ours.run(() -> taker.link().close(CloseReason.STOPPED));
        }
    }

    @Test
    void ownNetworkIsNotLimited() throws Exception {
        try (Doors ours = doors(); Doors theirs = doors()) {
            LinkLog taker = dial(ours, theirs, Kind.PLAIN);
            LinkLog giver = theirs.onlyGuest();
            join(theirs, giver);
            theirs.run(() -> {
                theirs.limiter.countLocal(false);
                theirs.limiter.total().limit(1, 1);
            });

            sendBlocks(theirs, giver, () -> { });

            soon().until(() -> blocks(taker) == BLOCKS);
            ours.run(() -> taker.link().close(CloseReason.STOPPED));
        }
    }

    @Test
    void peerThatDoesNotReadCostsNobodyElsesLimit() throws Exception {
        try (Doors doors = doors()) {
            RawPeer deaf = doors.guest("deaf");
            LinkLog toDeaf = doors.guest(0);
            RawPeer other = doors.guest("other");
            LinkLog toOther = doors.guest(1);
            doors.run(() -> doors.limiter.total().limit(0, 64 << 20));
            join(doors, toDeaf);
            join(doors, toOther);
            for (int i = 0; i < 20; i++) {
                sendBlocks(doors, toDeaf, () -> { });
            }

            sendBlocks(doors, toOther, () -> { });

            for (int i = 0; i < BLOCKS; i++) {
                assertThat(other.readFrame().id()).isEqualTo(7);
            }
            assertThat(doors.get(toDeaf.link()::open)).isTrue();
            deaf.close();
            other.close();
        }
    }

    @Test
    void bufferComesBackOnceWhenTheConnectionEnds() throws Exception {
        try (Doors doors = doors()) {
            RawPeer peer = doors.guest("brief");
            LinkLog guest = doors.onlyGuest();
            join(doors, guest);
            doors.run(() -> doors.limiter.total().limit(1024, 1024));
            AtomicInteger back = new AtomicInteger();
            sendBlocks(doors, guest, back::incrementAndGet);

            peer.close();

            soon().until(() -> !guest.ends().isEmpty());
            doors.awaitConnections(0);
            assertThat(back).hasValue(1);
            sendBlocks(doors, guest, back::incrementAndGet);
            assertThat(back).hasValue(2);
        }
    }
}
