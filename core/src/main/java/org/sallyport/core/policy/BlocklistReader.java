package org.sallyport.core.policy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;

/** Reads a blocklist in any of the usual formats, packed with gzip or not. What is too large is refused, what is no range is skipped. */
public final class BlocklistReader {
    public static final long MAX_FILE_BYTES = 32L << 20;
    public static final long MAX_INFLATED_BYTES = 128L << 20;
    public static final int MAX_RANGES = 2_000_000;
    /** The longest names of known lists are below 200 characters. */
    private static final int MAX_LINE = 1024;
    private static final int BUFFER = 64 << 10;

    private static final Refusal FILE_SIZE = new Refusal("blocklist.file-size",
            "The blocklist is larger than 32 MiB. Choose a smaller one, or pack it with gzip.");
    private static final Refusal INFLATED_SIZE = new Refusal("blocklist.inflated-size",
            "The blocklist holds more than 128 MiB when it is unpacked. Choose a smaller one.");
    private static final Refusal RANGE_COUNT = new Refusal("blocklist.range-count",
            "The blocklist has more than 2,000,000 ranges. Choose a smaller one.");
    private static final Refusal DAMAGED = new Refusal("blocklist.damaged",
            "The blocklist is packed with gzip and damaged. Download it again.");
    private static final Refusal NO_RANGES = new Refusal("blocklist.no-ranges",
            "There is no address range in this file. Choose a blocklist in P2P text, DAT or CIDR format, or packed with gzip.");

    private final long maxFile;
    private final long maxInflated;
    private final int maxRanges;

    /** With other limits than the real ones, for tests. */
    BlocklistReader(long maxFile, long maxInflated, int maxRanges) {
        this.maxFile = maxFile;
        this.maxInflated = maxInflated;
        this.maxRanges = maxRanges;
    }

    /** Reads all of {@code in}, which the caller closes. @throws RefusedException if a limit is passed or nothing can be understood */
    public static Blocklist read(InputStream in) throws RefusedException, IOException {
        return new BlocklistReader(MAX_FILE_BYTES, MAX_INFLATED_BYTES, MAX_RANGES).readAll(in);
    }

    Blocklist readAll(InputStream in) throws RefusedException, IOException {
        BlocklistLines lines = new BlocklistLines();
        try {
            BufferedInputStream raw = new BufferedInputStream(new Capped(in, maxFile, FILE_SIZE), BUFFER);
            readLines(new Capped(isPacked(raw) ? new GZIPInputStream(raw, BUFFER) : raw, maxInflated, INFLATED_SIZE), lines);
        } catch (CapException e) {
            throw new RefusedException(e.refusal);
        } catch (ZipException | EOFException e) {
            throw new RefusedException(DAMAGED);
        }
        if (lines.ranges() == 0) {
            throw new RefusedException(NO_RANGES);
        }
        return lines.build();
    }

    private static boolean isPacked(BufferedInputStream raw) throws IOException {
        raw.mark(2);
        boolean packed = raw.read() == 0x1f && raw.read() == 0x8b; // RFC 1952
        raw.reset();
        return packed;
    }

    private void readLines(InputStream in, BlocklistLines lines) throws IOException, RefusedException {
        byte[] buffer = new byte[BUFFER];
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    end(line, length, lines);
                    length = 0;
                } else {
                    if (length < MAX_LINE) {
                        line[length] = buffer[i];
                    }
                    length = Math.min(length + 1, MAX_LINE + 1);
                }
            }
        }
        end(line, length, lines);
    }

    private void end(byte[] line, int length, BlocklistLines lines) throws RefusedException {
        if (length > MAX_LINE) {
            lines.bad();
        } else {
            lines.take(new String(line, 0, length, StandardCharsets.ISO_8859_1));
        }
        if (lines.ranges() > maxRanges) {
            throw new RefusedException(RANGE_COUNT);
        }
    }

    /** Stops after so many bytes. */
    private static final class Capped extends InputStream {
        private final InputStream in;
        private final Refusal refusal;
        private long left;

        Capped(InputStream in, long cap, Refusal refusal) {
            this.in = in;
            this.left = cap;
            this.refusal = refusal;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) throws CapException {
            left -= bytes;
            if (left < 0) {
                throw new CapException(refusal);
            }
        }
    }

    /** Carries a refusal through streams that know only trouble. */
    private static final class CapException extends IOException {
        private static final long serialVersionUID = 1;
        private final transient Refusal refusal;

        CapException(Refusal refusal) {
            super(refusal.rule());
            this.refusal = refusal;
        }
    }
}
