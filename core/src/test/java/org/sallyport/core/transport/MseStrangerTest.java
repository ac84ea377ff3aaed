package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.OTHER_HASH;
import static org.sallyport.core.transport.Doors.soon;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.testkit.RawMse;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.wire.MseMethod;

/** What a stranger gets who knocks with noise, with the wrong torrent or in the wrong way. */
class MseStrangerTest {
    private static final long SHORT = 300;
    private static final int KEY = 96;
    private static final int MAX_ANSWER = KEY + 512;
    private static final byte[] HELLO = RawPeer.handshake(HASH, RawPeer.peerId("masked"));

    @ParameterizedTest
    @CsvSource({"OFF, 96, 0", "OFF, 5000, 0", "PREFER, 0, 0", "PREFER, 95, 0", "REQUIRE, 95, 0", "PREFER, 96, 1", "REQUIRE, 608, 1",
            "PREFER, 200, 1"})
    void noiseGetsOneKeyAtMostAndIsClosedAtTheDeadline(Encryption encryption, int length, int keys) throws Exception {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        assertNoiseGets(encryption, noise, keys);
    }

    @Test
    void zerosGetNoKey() throws Exception {
        assertNoiseGets(Encryption.PREFER, new byte[300], 0);
    }

    @Test
    void keyThatBeginsLikeAPlainHandshakeIsAKey() throws Exception {
        byte[] noise = Arrays.copyOf("\u0013BitTorrent protocox".getBytes(StandardCharsets.ISO_8859_1), 300);
        assertNoiseGets(Encryption.PREFER, noise, 1);
    }

    @Test
    void keyThatBeginsLikeTlsIsAKey() throws Exception {
        byte[] noise = new byte[300];
        Arrays.fill(noise, (byte) 22);
        assertNoiseGets(Encryption.PREFER, noise, 1);
    }

    @ParameterizedTest
    @EnumSource(Encryption.class)
    void strangerInTlsIsNoise(Encryption encryption) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        byte[] hello = RawTls.hello(engine);

        assertNoiseGets(encryption, hello, encryption != Encryption.OFF && hello.length <= MAX_ANSWER ? 1 : 0);
    }

    private static void assertNoiseGets(Encryption encryption, byte[] noise, int keys) throws Exception {
        try (Doors doors = new Doors(SHORT)) {
            doors.house.encrypt(encryption);
            RawPeer stranger = doors.stranger();
            stranger.send(noise);

            long got = stranger.drainToEnd();
            assertThat(got).isBetween((long) keys * KEY, (long) keys * MAX_ANSWER);
            doors.awaitConnections(0);
            assertThat(doors.house.guests()).isEmpty();
        }
    }

    @Test
    void noiseAfterOurKeyGetsNothingMore() throws Exception {
        try (Doors doors = new Doors(1000)) {
            doors.house.encrypt(Encryption.PREFER);
            RawPeer stranger = doors.stranger();
            byte[] noise = new byte[96];
            new Random(2).nextBytes(noise);
            stranger.send(noise);
            stranger.read(KEY);
            stranger.send(new byte[100_000]);

            assertThat(stranger.drainToEnd()).isLessThanOrEqualTo(512);
        }
    }

    @Test
    void whoAsksForAnUnknownTorrentIsClosed() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.encrypt(Encryption.PREFER);
            RawPeer peer = doors.stranger();

            assertThatIOException().isThrownBy(() -> new RawMse(peer).call(OTHER_HASH, Set.of(MseMethod.RC4), HELLO));
            doors.awaitConnections(0);
        }
    }

    @Test
    void torrentInTheHandshakeMustBeTheOneThatWasNamed() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.encrypt(Encryption.PREFER);
            doors.house.share(OTHER_HASH, LinkLog::new);
            RawMse caller = new RawMse(doors.stranger()).call(OTHER_HASH, Set.of(MseMethod.RC4), HELLO);

            assertThatIOException().isThrownBy(() -> caller.read(1));
            doors.awaitConnections(0);
            assertThat(doors.house.guests()).isEmpty();
        }
    }

    @Test
    void plainCallerIsClosedWithoutAnAnswerWhereItIsRequired() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.encrypt(Encryption.REQUIRE);

            assertThat(doors.greeter(HASH, "plain").drainToEnd()).isZero();
            doors.awaitConnections(0);
            assertThat(doors.house.guests()).isEmpty();
        }
    }

    @Test
    void plaintextIsNotAgreedToWhereRc4IsRequired() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.encrypt(Encryption.REQUIRE);
            RawPeer peer = doors.stranger();

            assertThatIOException().isThrownBy(() -> new RawMse(peer).call(HASH, Set.of(MseMethod.PLAINTEXT), HELLO));
            doors.awaitConnections(0);
        }
    }

    @Test
    void hundredsOfNoisySocketsKeepNobodyOut() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.encrypt(Encryption.PREFER);
            doors.house.allow(asked -> asked.halfOpen() < 64 && asked.halfOpenFromHost() < 4 && asked.halfOpenFromNetwork() < 16);
            Random random = new Random(4);
            List<RawPeer> noisy = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                noisy.add(doors.stranger());
                byte[] noise = new byte[new int[] {0, 1, 95, 96, 300, 2000}[i % 6]];
                random.nextBytes(noise);
                try {
                    noisy.get(i).send(noise);
                } catch (IOException closedAlready) {
                    continue; // one too many of its host
                }
            }

            RawPeer masked = doors.keep(RawPeer.connect(InetAddress.getByName("127.9.0.1"), doors.address().socketAddress()));
            assertThat(new RawMse(masked).call(HASH, Set.of(MseMethod.RC4), HELLO).read(68)).isEqualTo(RawPeer.handshake(HASH, OpenHouse.PEER_ID));
            RawPeer plain = doors.keep(RawPeer.connect(InetAddress.getByName("127.9.0.2"), doors.address().socketAddress()));
            plain.send(RawPeer.handshake(HASH, RawPeer.peerId("plain")));
            assertThat(plain.readHandshake()).hasSize(68);

            for (RawPeer each : noisy) {
                each.close();
            }
            soon().until(() -> doors.connections() == 2);
        }
    }

    @Test
    void nothingIsLeftAfterManyConnectionsThatStopAnywhere() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.house.encrypt(Encryption.PREFER);
            byte[] noise = new byte[700];
            new Random(9).nextBytes(noise);
            for (int i = 0; i < 150; i++) {
                try (RawPeer peer = RawPeer.connect(doors.number)) {
                    switch (i % 4) {
                        case 0 -> peer.send(Arrays.copyOf(noise, i * 4));
                        case 1 -> {
                            peer.send(Arrays.copyOf(noise, 96));
                            peer.resetOnClose();
                        }
                        case 2 -> new RawMse(peer).call(HASH, Set.of(MseMethod.RC4), HELLO);
                        default -> {
                            peer.send(Arrays.copyOf(noise, 96));
                            peer.read(KEY);
                        }
                    }
                }
            }

            doors.awaitConnections(0);
            doors.guest("last");
            assertThat(doors.house.asked().get(doors.house.asked().size() - 1))
                    .extracting(OpenHouse.Asked::connections, OpenHouse.Asked::halfOpen, OpenHouse.Asked::halfOpenFromHost).containsExactly(0, 0, 0);
        }
    }
}
