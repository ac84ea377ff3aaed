package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.trust.Devices.ADDRESSES;
import static org.sallyport.core.trust.Devices.pairKey;
import static org.sallyport.core.trust.Devices.publicKey;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.persist.StateDatabase;

class DeviceBookTest {
    private static final DeviceName LAPTOP = new DeviceName("Laptop");

    @TempDir
    static Path keys;
    private static Identity self;
    @TempDir
    Path folder;
    private final SetClock clock = new SetClock();
    private StateDatabase database;
    private DeviceBook book;

    @BeforeAll
    static void makeIdentity() throws Exception {
        self = Identity.open(keys, new SetClock());
    }

    @BeforeEach
    void open() throws Exception {
        database = StateDatabase.open(folder.resolve("state.db"));
        book = DeviceBook.open(database, self, folder, clock);
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    void anEmptyBookIsSound() {
        assertThat(book.tampered()).isEmpty();
        assertThat(book.devices()).isEmpty();
        assertThat(book.awaited()).isEmpty();
    }

    @Test
    void aPairedDeviceIsKeptWithItsKey() throws Exception {
        PairedDevice device = new PairedDevice(Devices.id(1), publicKey(1), LAPTOP, ADDRESSES, clock.instant(), clock.instant(), pairKey(1));

        assertThat(book.add(publicKey(1), LAPTOP, ADDRESSES, pairKey(1))).isEqualTo(Outcome.done(device));

        assertThat(book.find(device.id())).contains(device);
        assertThat(reopened().devices()).containsExactly(device);
        assertThat(reopened().devices().get(0).pairKey().copy()).isEqualTo(pairKey(1).copy());
    }

    @Test
    void everyChangeIsKept() throws Exception {
        add(1);
        add(2);
        add(3);
        DeviceName renamed = new DeviceName("Kitchen");
        List<PeerAddress> moved = List.of(PeerAddress.parse("198.51.100.7:6000"));

        assertThat(book.rename(Devices.id(1), renamed)).isEqualTo(Outcome.done(Devices.id(1)));
        assertThat(book.refreshAddresses(Devices.id(1), moved).isDone()).isTrue();
        assertThat(book.remove(Devices.id(2)).isDone()).isTrue();
        clock.move(Duration.ofHours(1));
        book.seen(Devices.id(1));

        PairedDevice expected = new PairedDevice(Devices.id(1), publicKey(1), renamed, moved, SetClock.START, clock.instant(), pairKey(1));
        assertThat(book.devices()).containsExactly(expected, Devices.paired(3));
        assertThat(reopened().devices()).containsExactly(expected, Devices.paired(3));
    }

    @Test
    void aDeviceNobodyKnowsIsRefused() throws Exception {
        assertThat(rule(book.rename(Devices.id(1), LAPTOP))).isEqualTo("trust.device-unknown");
        assertThat(rule(book.remove(Devices.id(1)))).isEqualTo("trust.device-unknown");
        assertThat(rule(book.refreshAddresses(Devices.id(1), ADDRESSES))).isEqualTo("trust.device-unknown");
        book.seen(Devices.id(1));
    }

    @Test
    void thisVeryDeviceIsRefused() throws Exception {
        assertThat(rule(book.add(self.publicKey(), LAPTOP, ADDRESSES, pairKey(1)))).isEqualTo("trust.own-device");
        assertThat(rule(book.await(self.id(), LAPTOP, ADDRESSES))).isEqualTo("trust.own-device");
    }

    @Test
    void thereIsRoomFor64WaitingOnesIncluded() throws Exception {
        for (int i = 1; i <= 60; i++) {
            add(i);
        }
        for (int i = 61; i <= 64; i++) {
            assertThat(book.await(Devices.id(i), LAPTOP, List.of()).isDone()).isTrue();
        }

        assertThat(rule(book.add(publicKey(65), LAPTOP, List.of(), pairKey(1)))).isEqualTo("trust.device-limit");
        assertThat(rule(book.await(Devices.id(65), LAPTOP, List.of()))).isEqualTo("trust.device-limit");
        assertThat(book.add(publicKey(64), LAPTOP, List.of(), pairKey(1)).isDone()).isTrue();
        assertThat(book.add(publicKey(1), LAPTOP, List.of(), pairKey(1)).isDone()).isTrue();
        assertThat(reopened().devices()).hasSize(61);
    }

    @Test
    void anAwaitedDeviceBecomesAPairedOneAndKeepsItsName() throws Exception {
        DeviceName grandma = new DeviceName("Grandma");
        book.await(Devices.id(1), grandma, ADDRESSES);
        assertThat(reopened().awaited()).containsExactly(new AwaitedDevice(Devices.id(1), grandma, ADDRESSES, clock.instant()));
        assertThat(rule(book.await(Devices.id(1), LAPTOP, ADDRESSES))).isEqualTo("trust.device-known");

        book.add(publicKey(1), LAPTOP, List.of(), pairKey(1));

        assertThat(reopened().awaited()).isEmpty();
        assertThat(reopened().devices()).extracting(PairedDevice::name).containsExactly(grandma);
    }

    @Test
    void pairingAgainReplacesThePairKey() throws Exception {
        add(1);
        book.rename(Devices.id(1), new DeviceName("Kitchen"));

        book.add(publicKey(1), LAPTOP, ADDRESSES, pairKey(2));

        assertThat(reopened().devices()).singleElement().satisfies(device -> {
            assertThat(device.pairKey()).isEqualTo(pairKey(2));
            assertThat(device.name()).hasToString("Kitchen");
        });
    }

    @Test
    void addressesAreFewAndUsable() throws Exception {
        List<PeerAddress> nine = IntStream.rangeClosed(1, 9).mapToObj(i -> PeerAddress.parse("192.0.2." + i + ":6000")).toList();
        PeerAddress one = PeerAddress.parse("[fe80::1]:6000");
        add(1);

        assertThat(rule(book.refreshAddresses(Devices.id(1), nine))).isEqualTo("device-address.count");
        assertThat(rule(book.refreshAddresses(Devices.id(1), List.of(PeerAddress.parse("224.0.0.1:6000"))))).isEqualTo("device-address.kind");
        assertThat(rule(book.add(publicKey(2), LAPTOP, nine, pairKey(2)))).isEqualTo("device-address.count");
        assertThat(book.refreshAddresses(Devices.id(1), List.of(one, one)).isDone()).isTrue();
        assertThat(reopened().devices().get(0).addresses()).containsExactly(one);
    }

    @Test
    void pairKeysAreNotInTheDatabaseInClear() throws Exception {
        book.add(publicKey(1), LAPTOP, ADDRESSES, pairKey(0x5A));
        database.close();

        String key = "Z".repeat(PairKey.LENGTH);
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(key);
            }
        }
    }

    @Test
    void startingOverForgetsEverybody() throws Exception {
        add(1);
        book.await(Devices.id(2), LAPTOP, List.of());

        book.startOver();

        assertThat(reopened().devices()).isEmpty();
        assertThat(reopened().awaited()).isEmpty();
        assertThat(reopened().tampered()).isEmpty();
    }

    @Test
    void seenIsNotSealed() throws Exception {
        add(1);
        database.deviceSeen(Devices.id(1).text(), Instant.EPOCH);

        assertThat(reopened().tampered()).isEmpty();
    }

    private void add(int number) throws Exception {
        assertThat(book.add(publicKey(number), LAPTOP, ADDRESSES, pairKey(number)).isDone()).isTrue();
    }

    private DeviceBook reopened() {
        return DeviceBook.open(database, self, folder, clock);
    }

    private static String rule(Outcome<?> outcome) {
        return outcome.fold(done -> "done", Refusal::rule, failed -> failed);
    }
}
