package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.wire.DeviceMessage.Item;

class OfferBookTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final OfferBook book = new OfferBook();

    @Test
    void offerThatComesAgainKeepsItsPlaceAndItsTime() {
        book.add(key(1, 1), item(1, "first"), THEN);
        book.add(key(2, 1), item(2, "second"), THEN);

        assertThat(book.add(key(1, 1), item(1, "renamed"), THEN.plusSeconds(9))).isEmpty();

        assertThat(book.all()).extracting(standing -> standing.item().name()).containsExactly("renamed", "second");
        assertThat(book.all()).extracting(OfferBook.Standing::at).containsOnly(THEN);
    }

    @Test
    void oldestOfADeviceGivesWayToItsHundredAndFirst() {
        book.add(key(999, 2), item(999, "of another"), THEN);
        for (int i = 0; i < OfferBook.PER_DEVICE; i++) {
            assertThat(book.add(key(i, 1), item(i, "x"), THEN)).isEmpty();
        }

        List<OfferBook.Standing> gone = book.add(key(100, 1), item(100, "x"), THEN);

        assertThat(gone).extracting(OfferBook.Standing::key).containsExactly(key(0, 1));
        assertThat(book.all()).hasSize(OfferBook.PER_DEVICE + 1);
        assertThat(book.has(key(999, 2))).isTrue();
    }

    @Test
    void oldestOfAllGivesWayWhenThereAreFiveHundred() {
        List<OfferBook.Standing> gone = new ArrayList<>();
        for (int i = 0; i < OfferBook.IN_ALL + 2; i++) {
            gone.addAll(book.add(key(i, i % 60), item(i, "x"), THEN));
        }

        assertThat(gone).extracting(OfferBook.Standing::key).containsExactly(key(0, 0), key(1, 1));
        assertThat(book.all()).hasSize(OfferBook.IN_ALL);
    }

    @Test
    void offerOfAConnectedDeviceIsPreferred() {
        book.add(key(1, 1), item(1, "x"), THEN);
        book.add(key(1, 2), item(1, "x"), THEN);

        assertThat(book.find(hash(1), key -> key.device().equals(device(2)))).map(OfferBook.Standing::key).contains(key(1, 2));
        assertThat(book.find(hash(1), key -> false)).map(OfferBook.Standing::key).contains(key(1, 1));
        assertThat(book.find(hash(2), key -> true)).isEmpty();
    }

    @Test
    void noThatWasNotHeardIsSaidOnce() {
        book.declineLater(key(1, 1));

        assertThat(book.takeDeclined(key(1, 1))).isTrue();
        assertThat(book.takeDeclined(key(1, 1))).isFalse();
    }

    @Test
    void nothingStaysOfADeviceThatIsGone() {
        book.add(key(1, 1), item(1, "x"), THEN);
        book.add(key(1, 2), item(1, "x"), THEN);
        book.declineLater(key(2, 1));

        book.retain(key -> key.device().equals(device(2)));

        assertThat(book.all()).extracting(OfferBook.Standing::key).containsExactly(key(1, 2));
        assertThat(book.takeDeclined(key(2, 1))).isFalse();
    }

    static OfferKey key(int hash, int device) {
        return new OfferKey(hash(hash), device(device));
    }

    private static InfoHash hash(int number) {
        return new InfoHash(String.format("%040x", number));
    }

    private static DeviceId device(int number) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) number);
        return new DeviceId(Bytes.copyOf(hash));
    }

    private static Item item(int hash, String name) {
        return new Item(hash(hash), name, 1, 1, "");
    }
}
