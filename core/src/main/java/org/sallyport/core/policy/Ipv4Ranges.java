package org.sallyport.core.policy;

import java.util.Arrays;

/** Sorted ranges of IPv4 addresses that neither overlap nor touch: eight bytes each, found by binary search. */
final class Ipv4Ranges {
    private static final long LOW = 0xffff_ffffL;
    private final long[] packed;

    private Ipv4Ranges(long[] packed) {
        this.packed = packed;
    }

    int size() {
        return packed.length;
    }

    /** @param address 0..2³²−1 */
    boolean contains(long address) {
        int at = Arrays.binarySearch(packed, pack(address, LOW));
        int before = at >= 0 ? at : -at - 2;
        return before >= 0 && end(packed[before]) >= address;
    }

    /** Start above end; the start's sign is turned, so that signed order is the order of addresses. */
    private static long pack(long start, long end) {
        return (start << 32 | end) ^ Long.MIN_VALUE;
    }

    private static long start(long packed) {
        return (packed ^ Long.MIN_VALUE) >>> 32;
    }

    private static long end(long packed) {
        return packed & LOW;
    }

    /** Takes ranges in any order. */
    static final class Builder {
        private long[] packed = new long[64];
        private int count;

        /** @param end inclusive, {@code >= start} */
        void add(long start, long end) {
            if (count == packed.length) {
                packed = Arrays.copyOf(packed, count * 2);
            }
            packed[count++] = pack(start, end);
        }

        int count() {
            return count;
        }

        Ipv4Ranges build() {
            Arrays.sort(packed, 0, count);
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (kept > 0 && start(packed[i]) <= end(packed[kept - 1]) + 1) {
                    packed[kept - 1] = pack(start(packed[kept - 1]), Math.max(end(packed[kept - 1]), end(packed[i])));
                } else {
                    packed[kept++] = packed[i];
                }
            }
            return new Ipv4Ranges(Arrays.copyOf(packed, kept));
        }
    }
}
