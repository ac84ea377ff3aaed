package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.OfferBookTest.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.engine.DeviceLedger.Sent;
import org.sallyport.core.engine.DeviceLedger.Taken;

class DeviceLedgerTest {
    private final DeviceLedger ledger = new DeviceLedger();

    @Test
    void whatIsWrittenIsReadAgain() {
        ledger.sent(key(1, 1), Sent.WAITING);
        ledger.sent(key(2, 1), Sent.DECLINED);
        ledger.sent(key(3, 2), Sent.ARRIVED);
        ledger.taken(key(1, 1), Taken.ON_ITS_WAY);

        DeviceLedger read = new DeviceLedger();
        read.read(ledger.text());

        assertThat(read.text()).isEqualTo(ledger.text());
        assertThat(read.sent(key(2, 1))).contains(Sent.DECLINED);
        assertThat(read.waitingFor(key(1, 1).device())).containsExactly(key(1, 1).hash());
        assertThat(read.onTheirWay()).containsExactly(key(1, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "sent", "sent 1 2 3", "sent 0000000000000000000000000000000000000001 x waiting", "other words on a line"})
    void lineThatCannotBeReadIsPassedOver(String broken) {
        ledger.sent(key(1, 1), Sent.ACCEPTED);

        DeviceLedger read = new DeviceLedger();
        read.read(broken + "\n" + ledger.text());

        assertThat(read.text()).isEqualTo(ledger.text());
    }

    @Test
    void nothingStaysOfWhatIsGone() {
        ledger.sent(key(1, 1), Sent.WAITING);
        ledger.taken(key(2, 1), Taken.TOLD);

        assertThat(ledger.retain(key -> true)).isFalse();
        assertThat(ledger.retain(key -> false)).isTrue();
        assertThat(ledger.text()).isEmpty();
    }
}
