package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.soon;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.testkit.RawMse;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.wire.MseMethod;

/** Obfuscated connections that come about, in both directions. */
class MseLinkTest {
    private static final byte[] HELLO = RawPeer.handshake(HASH, RawPeer.peerId("masked"));

    @ParameterizedTest
    @CsvSource({
            "PREFER,  PREFER,  Obfuscated[whole=true]",
            "REQUIRE, PREFER,  Obfuscated[whole=true]",
            "PREFER,  REQUIRE, Obfuscated[whole=true]",
            "REQUIRE, REQUIRE, Obfuscated[whole=true]",
            "OFF,     PREFER,  Plain[]"})
    void twoOfUsMeet(Encryption caller, Encryption called, String security) throws Exception {
        try (Doors ours = new Doors(NEVER); Doors theirs = new Doors(NEVER)) {
            theirs.house.encrypt(called);
            LinkLog handler = new LinkLog();

            ours.dial(theirs.address(), caller, handler);

            soon().until(handler::isOpened);
            LinkLog guest = theirs.onlyGuest();
            assertThat(handler.link().security()).hasToString(security);
            assertThat(guest.link().security()).hasToString(security);
            assertThat(guest.link().security().isTls()).isFalse();
            assertThat(guest.link().security().device()).isEmpty();
            assertThat(guest.theirs().peerId()).isEqualTo(RawPeer.peerId("dialler"));
            ours.run(() -> handler.link().have(3));
            theirs.run(() -> guest.link().have(4));
            soon().until(() -> guest.lines().equals(List.of("opened", "have 3")) && handler.lines().equals(List.of("opened", "have 4")));
            ours.run(() -> handler.link().close(CloseReason.STOPPED));
        }
    }

    @Test
    void blocksTravel() throws Exception {
        try (Doors ours = new Doors(NEVER); Doors theirs = new Doors(NEVER)) {
            theirs.house.encrypt(Encryption.REQUIRE);
            LinkLog handler = new LinkLog();
            ours.dial(theirs.address(), Encryption.REQUIRE, handler);
            soon().until(handler::isOpened);
            byte[] data = new byte[300_001];
            new Random(1).nextBytes(data);
            Once written = new Once(() -> handler.extended(7, new byte[0]));

            ours.run(() -> {
                Blocks.send(handler.link(), 2, 0, ByteBuffer.wrap(data), new int[] {100_000, 100_000, 100_001}, written);
                handler.link().have(9);
            });

            LinkLog guest = theirs.onlyGuest();
            soon().until(() -> guest.lines().contains("have 9") && handler.lines().contains("extended 7 0"));
            assertThat(guest.lines()).containsSubsequence("piece 2 0 100000", "block " + ByteBuffer.wrap(data, 0, 100_000).slice().hashCode(),
                    "piece 2 100000 100000", "block " + ByteBuffer.wrap(data, 100_000, 100_000).slice().hashCode(),
                    "piece 2 200000 100001", "block " + ByteBuffer.wrap(data, 200_000, 100_001).slice().hashCode());
            ours.run(() -> handler.link().close(CloseReason.STOPPED));
        }
    }

    @ParameterizedTest
    @EnumSource(MseMethod.class)
    void callerMaySendByteByByte(MseMethod method) throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.encrypt(Encryption.PREFER);
            RawMse caller = new RawMse(doors.stranger()).drip().call(HASH, EnumSet.of(method), HELLO);
            caller.send(RawPeer.frame(4, 3));

            assertThat(caller.read(68)).isEqualTo(RawPeer.handshake(HASH, OpenHouse.PEER_ID));
            LinkLog guest = doors.onlyGuest();
            soon().until(() -> guest.lines().equals(List.of("opened", "have 3")));
            assertThat(guest.link().security()).isEqualTo(LinkSecurity.obfuscated(method == MseMethod.RC4));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "20", "67", "68", "73"})
    void handshakeMayComePartlyAlongAndPartlyAfterwards(int along) throws Exception {
        byte[] everything = Arrays.copyOf(HELLO, 77);
        System.arraycopy(RawPeer.frame(4, 3), 0, everything, 68, 9);
        try (Doors doors = new Doors(NEVER)) {
            doors.house.encrypt(Encryption.REQUIRE);
            RawMse caller = new RawMse(doors.stranger()).call(HASH, Set.of(MseMethod.RC4), Arrays.copyOf(everything, along));
            caller.send(Arrays.copyOfRange(everything, along, everything.length));

            assertThat(caller.read(68)).isEqualTo(RawPeer.handshake(HASH, OpenHouse.PEER_ID));
            soon().until(() -> doors.onlyGuest().lines().equals(List.of("opened", "have 3")));
        }
    }

    @Test
    void callerIsNoHalfOpenConnectionAnyMore() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.encrypt(Encryption.PREFER);
            new RawMse(doors.stranger()).call(HASH, Set.of(MseMethod.RC4), HELLO).read(68);

            doors.guest("plain");

            assertThat(doors.house.asked().get(1)).extracting(OpenHouse.Asked::connections, OpenHouse.Asked::halfOpen).containsExactly(1, 0);
        }
    }

    @Test
    void callersThatComeTooManyAtOnceWaitForTheirTurn() throws Exception {
        try (Doors doors = new Doors(new Limits(NEVER, NEVER, NEVER, 1000, NEVER, 5))) {
            doors.house.encrypt(Encryption.PREFER);
            for (int i = 0; i < 12; i++) {
                assertThat(new RawMse(doors.stranger()).call(HASH, Set.of(MseMethod.RC4), HELLO).read(68)).hasSize(68);
            }
            doors.awaitConnections(12);
        }
    }
}
