package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.transport.LinkSecurity;

class PeerTableTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Before the overflow of the clock, which may happen at any time. */
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final PeerTable table = new PeerTable(address -> 0);

    @Test
    void anAddressIsKnownOnce() {
        assertThat(table.add(peer(1), PeerSource.TRACKER, START)).isTrue();
        assertThat(table.add(peer(1), PeerSource.TRACKER, START)).isFalse();
        assertThat(table.size()).isEqualTo(1);
        assertThat(due(START)).containsExactly(peer(1));
    }

    @Test
    void tellsWhoToldUsFirstUnlessTheUserDid() {
        table.add(peer(1), PeerSource.EXCHANGE, START);
        table.add(peer(1), PeerSource.TRACKER, START);
        assertThat(table.source(peer(1))).contains(PeerSource.EXCHANGE);

        table.add(peer(1), PeerSource.USER, START);

        assertThat(table.source(peer(1))).contains(PeerSource.USER);
        assertThat(table.source(peer(2))).isEmpty();
    }

    @Test
    void givesNoMoreThanAskedFor() {
        for (int i = 1; i <= 5; i++) {
            table.add(peer(i), PeerSource.TRACKER, START);
        }

        assertThat(table.due(3, false, START)).hasSize(3);
        assertThat(table.due(0, false, START)).isEmpty();
    }

    @Test
    void anAddressInUseIsNotDue() {
        table.add(peer(1), PeerSource.TRACKER, START);
        table.add(peer(2), PeerSource.TRACKER, START);
        table.dialled(table.due(1, false, START).get(0));
        table.connected(peer(2));

        assertThat(due(START + 3600 * SECOND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "false, false, PREFER, PREFER", "true, false, PREFER, OFF", "true, true, PREFER, PREFER", "true, false, REQUIRE, REQUIRE",
            "false, false, OFF, OFF", "true, false, OFF, OFF"})
    void whoAnsweredInThePlainProtocolIsCalledSoUntilThatFails(boolean plain, boolean failedSince, Encryption wish, Encryption call) {
        table.add(peer(1), PeerSource.TRACKER, START);
        PeerTable.Entry entry = table.due(1, false, START).get(0);
        table.dialled(entry);
        table.understood(peer(1), plain ? LinkSecurity.plain() : LinkSecurity.obfuscated(true));
        table.ended(peer(1), true, START);
        if (failedSince) {
            table.ended(peer(1), false, START);
        }

        assertThat(entry.obfuscation(wish)).isEqualTo(call);
    }

    @Test
    void eachFailureWaitsLongerUpToHalfAnHour() {
        table.add(peer(1), PeerSource.TRACKER, START);
        long now = START;
        long[] waits = new long[12];
        for (int i = 0; i < waits.length; i++) {
            table.ended(peer(1), false, now);
            waits[i] = untilDue(now);
            now += waits[i] * SECOND;
        }

        assertThat(waits).containsExactly(20, 40, 80, 160, 320, 640, 1280, 1800, 1800, 1800, 1800, 1800);
    }

    @Test
    void aGoodConnectionForgetsTheFailures() {
        table.add(peer(1), PeerSource.TRACKER, START);
        for (int i = 0; i < 6; i++) {
            table.ended(peer(1), false, START);
        }

        table.ended(peer(1), true, START);

        assertThat(untilDue(START)).isEqualTo(10);
    }

    @Test
    void anAddressTheUserNamedIsDialledAgainAndAgain() {
        table.add(peer(1), PeerSource.USER, START);
        for (int i = 0; i < 20; i++) {
            table.ended(peer(1), false, START);
        }

        assertThat(untilDue(START)).isEqualTo(2);
    }

    @Test
    void namedAddressesComeFirst() {
        table.add(peer(1), PeerSource.TRACKER, START);
        table.add(peer(2), PeerSource.TRACKER, START);
        table.add(peer(3), PeerSource.USER, START);

        assertThat(table.due(2, false, START)).extracting(entry -> entry.address).containsExactly(peer(3), peer(1));
    }

    @Test
    void anAddressKnownAlreadyBecomesNamed() {
        table.add(peer(1), PeerSource.TRACKER, START);
        for (int i = 0; i < 5; i++) {
            table.ended(peer(1), false, START);
        }

        assertThat(table.add(peer(1), PeerSource.USER, START)).as("new").isFalse();

        assertThat(due(START)).containsExactly(peer(1));
        table.ended(peer(1), false, START);
        assertThat(untilDue(START)).isEqualTo(2);
    }

    @Test
    void weDoNotDialOurselvesAgain() {
        table.add(peer(1), PeerSource.USER, START);
        table.isSelf(peer(1));
        table.ended(peer(1), true, START);

        assertThat(due(START + 3600 * SECOND)).isEmpty();
    }

    @Test
    void aSeedIsOfNoUseToASeed() {
        table.add(peer(1), PeerSource.TRACKER, START);
        table.add(peer(2), PeerSource.TRACKER, START);
        table.isSeed(peer(1));

        assertThat(table.due(9, true, START)).extracting(entry -> entry.address).containsExactly(peer(2));
        assertThat(due(START)).containsExactly(peer(1), peer(2));
    }

    @Test
    void aPeerThatIsHereByAnotherWayIsNotDialledForMinutes() {
        table.add(peer(1), PeerSource.TRACKER, START);
        table.ended(peer(1), true, START);
        table.known(peer(1), START);

        assertThat(due(START + 299 * SECOND)).isEmpty();
        assertThat(due(START + 300 * SECOND)).containsExactly(peer(1));
    }

    @Test
    void aLimitOfOursIsNotHeldAgainstAnAddress() {
        table.add(peer(1), PeerSource.TRACKER, START);
        table.due(1, false, START).forEach(entry -> table.refused(entry, START));

        assertThat(due(START + 9 * SECOND)).isEmpty();
        assertThat(due(START + 10 * SECOND)).containsExactly(peer(1));
    }

    @Test
    void memoryIsBoundedAndAFullTableForgetsTheHopelessFirst() {
        for (int i = 0; i < 2 * PeerTable.MAX_ADDRESSES; i++) {
            table.add(peer(i), PeerSource.TRACKER, START);
        }
        assertThat(table.size()).isEqualTo(PeerTable.MAX_ADDRESSES);
        assertThat(table.add(peer(5000), PeerSource.TRACKER, START)).isFalse();

        for (int i = 0; i < 3; i++) {
            table.ended(peer(77), false, START);
        }

        assertThat(table.add(peer(5000), PeerSource.TRACKER, START)).isTrue();
        assertThat(table.add(peer(77), PeerSource.TRACKER, START)).as("77 made room; the table is full again").isFalse();
        assertThat(table.size()).isEqualTo(PeerTable.MAX_ADDRESSES);
    }

    @Test
    void whatTheUserNamedHasRoomInAFullTable() {
        for (int i = 0; i < PeerTable.MAX_ADDRESSES; i++) {
            table.add(peer(i), PeerSource.TRACKER, START);
        }

        assertThat(table.add(peer(5000), PeerSource.USER, START)).isTrue();

        assertThat(table.due(1, false, START)).extracting(entry -> entry.address).containsExactly(peer(5000));
        assertThat(table.size()).isEqualTo(PeerTable.MAX_ADDRESSES);
    }

    @Test
    void newsOfAnUnknownAddressIsNoNews() {
        table.connected(peer(1));
        table.ended(peer(1), true, START);
        table.isSeed(peer(1));
        table.isSelf(peer(1));

        assertThat(table.size()).isZero();
    }

    private List<PeerAddress> due(long now) {
        return table.due(9, false, now).stream().map(entry -> entry.address).toList();
    }

    /** Whole seconds until the one address is due. */
    private long untilDue(long now) {
        long wait = 0;
        while (due(now + wait * SECOND).isEmpty()) {
            wait++;
        }
        return wait;
    }

    private static PeerAddress peer(int number) {
        try {
            return new PeerAddress(InetAddress.getByAddress(new byte[] {10, 1, (byte) (number >> 8), (byte) number}), 6881);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
