package org.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.sallyport.core.model.RefusedException;

/** The merged arrays answer as a plain list of ranges would, and no bytes make the reader do anything but read or refuse. */
@Tag("hostile")
class BlocklistPropertyTest {
    /** @param first a number in the few last bits of the family's space, so that ranges meet */
    record Range(boolean six, int first, int length) {
        boolean holds(boolean family, int address) {
            return six == family && address >= first && address <= first + length;
        }

        String line() {
            return address(six, first).getHostAddress() + "-" + address(six, first + length).getHostAddress();
        }
    }

    @Property(tries = 300)
    void mergedArraysAnswerLikeAPlainList(@ForAll("ranges") @Size(min = 1, max = 40) List<Range> ranges, @ForAll("ends") int near) throws Exception {
        List<String> lines = new ArrayList<>();
        ranges.forEach(range -> lines.add(range.line()));

        Blocklist list = BlocklistReader.read(new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.US_ASCII)));

        assertThat(list.badLines()).isZero();
        for (boolean six : new boolean[] {false, true}) {
            for (int address = near; address < near + 400; address++) {
                int asked = address;
                assertThat(list.contains(address(six, address))).as("%s", address(six, address))
                        .isEqualTo(ranges.stream().anyMatch(range -> range.holds(six, asked)));
            }
        }
    }

    @Provide
    Arbitrary<List<Range>> ranges() {
        return Combinators.combine(Arbitraries.of(true, false), ends(), Arbitraries.integers().between(0, 369), Arbitraries.integers().between(0, 30))
                .as((six, near, offset, length) -> new Range(six, near + offset, length)).list();
    }

    /** Near the lower end of the space, its middle, and its upper end. */
    @Provide
    Arbitrary<Integer> ends() {
        return Arbitraries.of(0, 600, 1200);
    }

    @Property(tries = 400)
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) throws IOException {
        assertThat(isReadOrRefused(bytes)).isTrue();
    }

    @Property(tries = 400)
    void aLineWithAFewBytesChangedIsReadOrRefused(@ForAll("lines") String line, @ForAll @Size(max = 4) List<@IntRange(max = 10_000) Integer> places,
            @ForAll byte replacement) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        places.forEach(place -> bytes[place % bytes.length] = replacement);

        assertThat(isReadOrRefused(bytes)).isTrue();
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of("name:1.2.3.4-1.2.3.9", "001.002.003.004 - 001.002.003.009 , 100 , name", "10.0.0.0/8 # x", "2001:db8::/32",
                "name:2001:db8::-2001:db8::1", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8/127");
    }

    private static boolean isReadOrRefused(byte[] bytes) throws IOException {
        try {
            return BlocklistReader.read(new ByteArrayInputStream(bytes)).ranges() > 0;
        } catch (RefusedException e) {
            return e.refusal().rule().startsWith("blocklist.");
        }
    }

    /** Numbers 0..1599 spread over the space: 500 at its lower end, 600 around the middle, its last 500. */
    private static InetAddress address(boolean six, int number) {
        int bits = six ? 128 : 32;
        // IPv6 begins where the low half overflows into the high one: ::/96 holds wrapped IPv4 addresses
        BigInteger base = number < 500 ? (six ? BigInteger.ONE.shiftLeft(64).subtract(BigInteger.valueOf(200)) : BigInteger.ZERO)
                : number < 1100 ? BigInteger.ONE.shiftLeft(bits - 1).subtract(BigInteger.valueOf(800))
                : BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.valueOf(1600));
        byte[] value = base.add(BigInteger.valueOf(number)).toByteArray();
        byte[] raw = new byte[bits / 8];
        int length = Math.min(value.length, raw.length);
        System.arraycopy(value, value.length - length, raw, raw.length - length, length);
        try {
            return InetAddress.getByAddress(raw);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
