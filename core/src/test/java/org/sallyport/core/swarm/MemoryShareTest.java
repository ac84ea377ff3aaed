package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.RawPeer.Frame;
import org.sallyport.core.testkit.SampleTorrent;

/** What is asked of each peer while memory is scarce. */
@Timeout(60)
class MemoryShareTest {
    private static final int BLOCK = 16 << 10;
    private static final int PIECE = 16 * BLOCK;
    private static final int UNCHOKE = 1;
    private static final int REQUEST = 6;
    private static final int HAVE_ALL = 14;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "400, '',                 2147483647",
        "400, '100 100 100',      2147483647",
        "400, '100 100 101',      100",
        "400, '500 500 500 500',  75",
        "400, '500 10 20 500',    135",
        "400, '500 0 0',          300",
        "0,   '500 500',          4",
        "8,   '9 9 9 9 9 9 9 9',  4"})
    void thoseThatWantLittleGetItAndTheOthersTheSame(int blocks, String wanted, int most) {
        MemoryShare share = new MemoryShare();

        share.divide((long) blocks * BLOCK, Arrays.stream(wanted.split(" ")).filter(word -> !word.isEmpty()).mapToInt(Integer::parseInt).toArray());

        assertThat(share.most()).isEqualTo(most);
    }

    @Test
    void whatIsNotScarceAnyMoreIsNotShared() {
        MemoryShare share = new MemoryShare();

        share.divide(100 * BLOCK, new int[] {500, 500});
        share.divide(10_000 * BLOCK, new int[] {500, 500});

        assertThat(share.most()).isEqualTo(Integer.MAX_VALUE);
    }

    /** Whoever came first was asked for more again with each piece it gave, and the second never for anything. */
    @Test
    void aPeerThatComesLateIsAskedToo() throws Exception {
        SampleTorrent torrent = SampleTorrent.single("a", PIECE, 12 * PIECE);
        try (OneSwarm one = new OneSwarm(torrent, folder, 2 * PIECE); RawPeer first = one.dial("first")) {
            first.send(RawPeer.frame(HAVE_ALL), RawPeer.frame(UNCHOKE));
            give(first, torrent, asks(first, 16));
            List<Frame> asked = asks(first, 24); // it would give more, and so would take all memory
            try (RawPeer second = one.dial("second", "127.0.0.2")) {
                second.send(RawPeer.frame(HAVE_ALL), RawPeer.frame(UNCHOKE));
                give(first, torrent, asked.subList(0, 16));

                assertThat(second.readFrame(REQUEST).number(2)).isEqualTo(BLOCK);
            }
        }
    }

    private static List<Frame> asks(RawPeer peer, int count) throws Exception {
        List<Frame> asked = new ArrayList<>();
        while (asked.size() < count) {
            asked.add(peer.readFrame(REQUEST));
        }
        return asked;
    }

    private static void give(RawPeer peer, SampleTorrent torrent, List<Frame> asked) throws Exception {
        for (Frame ask : asked) {
            int begin = ask.number(1);
            peer.send(RawPeer.block(ask.number(0), begin, Arrays.copyOfRange(torrent.piece(ask.number(0)), begin, begin + BLOCK)));
        }
    }
}
