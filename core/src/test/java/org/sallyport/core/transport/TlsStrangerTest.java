package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.sallyport.core.transport.Doors.HASH;
import static org.sallyport.core.transport.Doors.NEVER;
import static org.sallyport.core.transport.Doors.soon;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.trust.TestDevice;
import org.sallyport.core.trust.TestDevice.Pretender;

/** Who speaks TLS to Ann's port without being Ben, the one device she is paired with. */
class TlsStrangerTest {
    private static final long SHORT = 200;
    @TempDir
    static Path folder;
    private static TestDevice ann;
    private static TestDevice ben;
    private static TestDevice removed;

    @BeforeAll
    static void makeDevices() throws Exception {
        ann = TestDevice.make(folder);
        ben = TestDevice.make(folder);
        removed = TestDevice.make(folder);
    }

    @BeforeEach
    void pair() {
        ann.desk().serve(List.of(ben.paired(), removed.paired()), List.of());
        ann.desk().serve(List.of(ben.paired()), List.of());
    }

    /** What a stranger sends first. */
    enum Knock {
        NOTHING_LIKE_TLS {
            @Override
            byte[] bytes() {
                return "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            }
        },
        BEGINNING_OF_TLS {
            @Override
            byte[] bytes() {
                return new byte[] {0x16, 3, 1, 2, 0, 1};
            }
        },
        ENDLESS_RECORDS {
            @Override
            byte[] bytes() {
                byte[] records = new byte[300_000];
                for (int i = 0; i + 6 < records.length; i += 6) {
                    records[i] = 22;
                    records[i + 1] = 3;
                    records[i + 4] = 1;
                    records[i + 5] = (byte) (i == 0 ? 1 : 0);
                }
                return records;
            }
        },
        NO_NAME {
            @Override
            byte[] bytes() throws Exception {
                return RawTls.hello(ben.pretend(Pretender.OTHER_KEY, Optional.empty()));
            }
        },
        ORDINARY_NAME {
            @Override
            byte[] bytes() throws Exception {
                return RawTls.hello(ben.pretend(Pretender.OTHER_KEY, Optional.of("www.example.org")));
            }
        },
        NAME_LIKE_A_TOKEN {
            @Override
            byte[] bytes() throws Exception {
                return RawTls.hello(ben.pretend(Pretender.OTHER_KEY, Optional.of("abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst")));
            }
        },
        TOKEN_FOR_ANOTHER {
            @Override
            byte[] bytes() throws Exception {
                return RawTls.hello(ben.tls().dial(removed.paired()));
            }
        },
        OLD_TLS {
            @Override
            byte[] bytes() throws Exception {
                return RawTls.hello(ben.pretend(Pretender.TLS_1_2, Optional.of("www.example.org")));
            }
        },
        REPLAYED_TOKEN {
            @Override
            byte[] bytes() throws Exception {
                String token = ben.token(ann);
                ann.desk().find(token);
                return RawTls.hello(ben.pretend(Pretender.OTHER_KEY, Optional.of(token)));
            }
        },
        REPLAYED_HELLO {
            @Override
            byte[] bytes() throws Exception {
                SSLEngine engine = ben.tls().dial(ann.paired());
                ann.desk().find(TestDevice.serverName(engine));
                return RawTls.hello(engine);
            }
        };

        abstract byte[] bytes() throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void strangerGetsNoByteAndIsClosedAtTheDeadline(Knock knock) throws Exception {
        try (Doors doors = new Doors(SHORT).answerAs(ann)) {
            RawPeer stranger = doors.stranger();
            stranger.send(knock.bytes());

            assertThat(stranger.drainToEnd()).isZero();
            doors.awaitConnections(0);
            assertThat(doors.house.guests()).isEmpty();
            assertThat(doors.house.turnedAway()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void strangerIsNotClosedBeforeTheDeadline(Knock knock) throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            doors.stranger().send(knock.bytes());
            for (int i = 0; i < 3; i++) {
                doors.guest("later"); // each a turn of the network thread in which the stranger's bytes are there
            }

            assertThat(doors.connections()).isEqualTo(4);
            assertThat(doors.house.asked()).extracting(OpenHouse.Asked::halfOpen).containsExactly(0, 1, 1, 1);
        }
    }

    @Test
    void deviceThatWasRemovedIsAStranger() throws Exception {
        ann.desk().serve(List.of(), List.of());
        try (Doors doors = new Doors(SHORT).answerAs(ann)) {
            RawPeer stranger = doors.stranger();
            stranger.send(RawTls.hello(ben.tls().dial(ann.paired())));

            assertThat(stranger.drainToEnd()).isZero();
        }
    }

    @Test
    void hostThatKnowsNothingOfTlsAnswersNobody() throws Exception {
        try (Doors doors = new Doors(SHORT)) {
            RawPeer stranger = doors.stranger();
            stranger.send(RawTls.hello(ben.tls().dial(ann.paired())));

            assertThat(stranger.drainToEnd()).isZero();
            assertThat(doors.house.names()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenAloneDoesNotLetAnybodyIn(Pretender how) throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            doors.guest("bystander");
            RawTls caller = new RawTls(doors.stranger(), ben.pretend(how, Optional.of(ben.token(ann))));

            assertThatIOException().isThrownBy(() -> {
                caller.handshake().send(RawPeer.handshake(HASH, RawPeer.peerId("pretender")));
                caller.readToEnd();
            });
            soon().until(() -> doors.house.turnedAway().equals(List.of(how.rule() + " " + ben.identity().id().text())));
            doors.awaitConnections(1);
            assertThat(doors.house.guests()).hasSize(1);
        }
    }

    @Test
    void callerThatSaysTooMuchIsLeft() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            RawPeer peer = doors.stranger();
            byte[] hello = RawTls.hello(ben.tls().dial(ann.paired()));
            peer.send(hello);
            peer.read(1); // the handshake has begun
            peer.send(new byte[] {23, 3, 3, -1, -1}, new byte[TlsStage.MAX_HANDSHAKE_BYTES - hello.length - 4]);

            soon().until(() -> doors.house.turnedAway().equals(List.of("tls.handshake-size " + ben.identity().id().text())));
            doors.awaitConnections(0);
        }
    }

    @Test
    void callerThatStopsInTheMiddleIsClosedAtTheDeadline() throws Exception {
        try (Doors doors = new Doors(SHORT).answerAs(ann)) {
            RawPeer peer = doors.stranger();
            peer.send(RawTls.hello(ben.tls().dial(ann.paired())));

            assertThat(peer.drainToEnd()).isPositive();
            soon().until(() -> doors.house.turnedAway().equals(List.of("tls.handshake-deadline " + ben.identity().id().text())));
            doors.awaitConnections(0);
        }
    }

    @Test
    void handshakesAboveTheRateGetWhatGarbageGets() throws Exception {
        try (Doors doors = new Doors(new Limits(SHORT, NEVER, NEVER, 1)).answerAs(ann)) {
            doors.stranger().send(RawTls.hello(ben.tls().dial(ann.paired())));
            RawPeer second = doors.stranger();
            second.send(RawTls.hello(ben.tls().dial(ann.paired())));

            assertThat(second.drainToEnd()).isZero();
            soon().until(() -> doors.house.turnedAway().contains("tls.handshake-rate " + ben.identity().id().text()));
        }
    }

    @Test
    void hostThatFailsCostsOnlyThatConnection() throws Exception {
        try (Doors doors = new Doors(NEVER)) {
            doors.guest("bystander");
            doors.house.answer(name -> {
                throw new StackOverflowError("planted");
            });
            RawPeer stranger = doors.stranger();
            stranger.send(RawTls.hello(ben.tls().dial(ann.paired())));

            assertThat(stranger.drainToEnd()).isZero();
            doors.guest("next");
            assertThat(doors.connections()).isEqualTo(2);
        }
    }

    @Test
    void manySilentOnesDoNotKeepTheDeviceOut() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            doors.house.allow(asked -> asked.halfOpen() < 64 && asked.halfOpenFromHost() < 10);
            InetAddress other = InetAddress.getByName("127.0.0.2");
            for (int i = 0; i < 500; i++) {
                RawPeer silent = doors.keep(RawPeer.connect(other, doors.address().socketAddress()));
                silent.resetOnClose();
                if (i < 10) {
                    silent.send(new byte[] {0x16, 3, 1});
                }
            }
            RawTls device = new RawTls(doors.stranger(), ben.tls().dial(ann.paired())).handshake();
            device.send(RawPeer.handshake(HASH, RawPeer.peerId("honest")));

            assertThat(device.read(RawPeer.HANDSHAKE_LENGTH)).isEqualTo(RawPeer.handshake(HASH, OpenHouse.PEER_ID));
            assertThat(doors.house.asked()).hasSize(501);
            assertThat(doors.connections()).isEqualTo(11);
        }
    }

    @Test
    void nothingIsLeftAfterManyConnectionsOfEveryKind() throws Exception {
        try (Doors doors = new Doors(NEVER).answerAs(ann)) {
            byte[] strange = Knock.NO_NAME.bytes();
            for (int i = 0; i < 200; i++) {
                try (RawPeer peer = RawPeer.connect(doors.number)) {
                    switch (i % 5) {
                        case 0 -> peer.send(strange);
                        case 1 -> peer.send(Arrays.copyOf(strange, 1 + i));
                        case 2 -> peer.send(RawTls.hello(ben.tls().dial(ann.paired())));
                        case 3 -> {
                            peer.send(RawTls.hello(ben.tls().dial(ann.paired())));
                            peer.read(1);
                            peer.resetOnClose();
                        }
                        default -> new RawTls(peer, ben.tls().dial(ann.paired())).handshake().send(RawPeer.handshake(HASH, RawPeer.peerId("churn")));
                    }
                }
            }
            soon().until(() -> doors.house.asked().size() == 200);
            doors.awaitConnections(0);
            doors.guest("last");

            assertThat(doors.house.asked().get(200))
                    .extracting(OpenHouse.Asked::connections, OpenHouse.Asked::halfOpen, OpenHouse.Asked::halfOpenFromHost)
                    .containsExactly(0, 0, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void opensslSeesNoCertificate(String version) throws Exception {
        assumeThat(Path.of("/usr/bin/openssl")).isExecutable();
        try (Doors doors = new Doors(SHORT).answerAs(ann)) {
            Path answer = Files.createTempFile(folder, "openssl", ".txt");
            Process openssl = new ProcessBuilder("/usr/bin/openssl", "s_client", version, "-alpn", "sallyport/1", "-connect", "127.0.0.1:"
                    + doors.number)
                    .redirectErrorStream(true).redirectOutput(answer.toFile()).start();
            openssl.getOutputStream().close();
            try {
                assertThat(openssl.waitFor(20, TimeUnit.SECONDS)).isTrue();
            } finally {
                openssl.destroyForcibly();
            }

            assertThat(openssl.exitValue()).isNotZero();
            assertThat(answer).content().contains("no peer certificate available", "SSL handshake has read 0 bytes");
        }
    }
}
