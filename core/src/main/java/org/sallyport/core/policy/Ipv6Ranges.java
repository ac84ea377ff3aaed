package org.sallyport.core.policy;

import java.util.Arrays;
import org.sallyport.core.policy.AddressText.Ipv6;

/** Sorted ranges of IPv6 addresses that neither overlap nor touch: 32 bytes each (start high, low, end high, low), found by binary search. */
final class Ipv6Ranges {
    private static final int STRIDE = 4;
    private static final int END = 2;
    private final long[] words;

    private Ipv6Ranges(long[] words) {
        this.words = words;
    }

    int size() {
        return words.length / STRIDE;
    }

    boolean contains(long high, long low) {
        int from = 0;
        int to = size();
        while (from < to) { // the first range that starts after the address
            int middle = (from + to) >>> 1;
            if (compare(words[middle * STRIDE], words[middle * STRIDE + 1], high, low) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        int end = (from - 1) * STRIDE + END;
        return from > 0 && compare(words[end], words[end + 1], high, low) >= 0;
    }

    static int compare(long high, long low, long otherHigh, long otherLow) {
        int first = Long.compareUnsigned(high, otherHigh);
        return first != 0 ? first : Long.compareUnsigned(low, otherLow);
    }

    /** Takes ranges in any order. */
    static final class Builder {
        private long[] words = new long[64 * STRIDE];
        private int count;

        /** @param end inclusive, {@code >= start} */
        void add(Ipv6 start, Ipv6 end) {
            int at = count * STRIDE;
            if (at == words.length) {
                words = Arrays.copyOf(words, at * 2);
            }
            words[at] = start.high();
            words[at + 1] = start.low();
            words[at + END] = end.high();
            words[at + END + 1] = end.low();
            count++;
        }

        int count() {
            return count;
        }

        Ipv6Ranges build() {
            sort();
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (kept > 0 && reaches(kept - 1, i)) {
                    extend(kept - 1, i);
                } else {
                    System.arraycopy(words, i * STRIDE, words, kept * STRIDE, STRIDE);
                    kept++;
                }
            }
            return new Ipv6Ranges(Arrays.copyOf(words, kept * STRIDE));
        }

        /** The earlier range covers, or ends right before, the start of the later one. */
        private boolean reaches(int earlier, int later) {
            int end = earlier * STRIDE + END;
            long low = words[end + 1] + 1;
            long high = words[end] + (low == 0 ? 1 : 0);
            boolean endsAtLast = low == 0 && high == 0;
            return endsAtLast || compare(words[later * STRIDE], words[later * STRIDE + 1], high, low) <= 0;
        }

        private void extend(int range, int by) {
            int end = range * STRIDE + END;
            int other = by * STRIDE + END;
            if (compare(words[other], words[other + 1], words[end], words[end + 1]) > 0) {
                words[end] = words[other];
                words[end + 1] = words[other + 1];
            }
        }

        /** Heap sort: in place, for two million ranges are 64 MB, and no input makes it slow. */
        private void sort() {
            for (int root = count / 2 - 1; root >= 0; root--) {
                sink(root, count);
            }
            for (int last = count - 1; last > 0; last--) {
                swap(0, last);
                sink(0, last);
            }
        }

        private void sink(int from, int size) {
            int root = from;
            int child = 2 * root + 1;
            while (child < size) {
                if (child + 1 < size && startsBefore(child, child + 1)) {
                    child++;
                }
                if (!startsBefore(root, child)) {
                    return;
                }
                swap(root, child);
                root = child;
                child = 2 * root + 1;
            }
        }

        private boolean startsBefore(int one, int other) {
            return compare(words[one * STRIDE], words[one * STRIDE + 1], words[other * STRIDE], words[other * STRIDE + 1]) < 0;
        }

        private void swap(int one, int other) {
            for (int i = 0; i < STRIDE; i++) {
                long word = words[one * STRIDE + i];
                words[one * STRIDE + i] = words[other * STRIDE + i];
                words[other * STRIDE + i] = word;
            }
        }
    }
}
