package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitfieldTest {

    @ParameterizedTest
    @CsvSource({"'', 0, ''", "'', 9, 0000", "0, 1, 80", "7, 8, 01", "8, 9, 0080", "0 1 2 3 4 5 6 7 8 9, 10, ffc0", "0 15, 17, 800100"})
    void theFirstPieceIsTheHighestBit(String pieces, int pieceCount, String hex) {
        BitSet set = new BitSet();
        Stream.of(pieces.split(" ")).filter(piece -> !piece.isEmpty()).map(Integer::valueOf).forEach(set::set);

        assertThat(HexFormat.of().formatHex(Bitfield.encode(set, pieceCount))).isEqualTo(hex);
        assertThat(Bitfield.decode(HexFormat.of().parseHex(hex))).isEqualTo(set);
    }
}
