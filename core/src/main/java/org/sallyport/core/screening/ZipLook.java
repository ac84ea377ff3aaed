package org.sallyport.core.screening;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Lists a zip by its central directory, which is what people's programs unpack. */
final class ZipLook {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MOST_COMMENT = 0xffff;
    private static final int LOCAL_HEADER_BYTES = 30;
    /** The library holds all of it in memory as objects ten times its size. */
    private static final long LARGEST_DIRECTORY = 4L << 20;

    private ZipLook() { }

    /** @throws Archives.EncryptedException after all that is not encrypted was visited, if something is */
    static void list(SeekableByteChannel bytes, Findings findings, ArchiveBudget budget, Archives.Visitor visitor) throws IOException {
        checkDirectory(bytes);
        boolean encrypted = false;
        boolean unknownMethod = false;
        try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(bytes).setIgnoreLocalFileHeader(true).get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            overlaps(entries, findings);
            for (ZipArchiveEntry entry : entries) {
                encrypted |= entry.getGeneralPurposeBit().usesEncryption();
                boolean readable = zip.canReadEntryData(entry);
                unknownMethod |= !readable && !entry.getGeneralPurposeBit().usesEncryption();
                if (!readable || entry.isDirectory()) {
                    visitor.visit(entry.getName(), InputStream.nullInputStream());
                } else {
                    try (InputStream in = zip.getInputStream(entry)) {
                        visitor.visit(entry.getName(), in);
                    }
                }
            }
        }
        if (encrypted) {
            throw new Archives.EncryptedException();
        }
        if (unknownMethod) {
            findings.incomplete("Something in it is compressed in a way that this program does not know. Open it only if you know who made it.");
        }
    }

    /** Entries that share bytes are how a few kilobytes unpack to petabytes (D. Fifield, "A better zip bomb"). */
    private static void overlaps(List<ZipArchiveEntry> entries, Findings findings) {
        List<ZipArchiveEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(ZipArchiveEntry::getLocalHeaderOffset));
        long end = 0;
        for (ZipArchiveEntry entry : sorted) {
            if (entry.getLocalHeaderOffset() < end) {
                findings.suspicious("Its parts lie over one another, as in archives that are made to fill a disk.");
                return;
            }
            end = Math.max(end, entry.getLocalHeaderOffset() + LOCAL_HEADER_BYTES + Math.max(entry.getCompressedSize(), 0));
        }
    }

    private static void checkDirectory(SeekableByteChannel bytes) throws IOException {
        long size = bytes.size();
        int length = (int) Math.min(size, END_BYTES + MOST_COMMENT);
        ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(size - length);
        while (tail.hasRemaining() && bytes.read(tail) >= 0) {
            // until all of it is there
        }
        for (int at = length - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE) {
                long start = Integer.toUnsignedLong(tail.getInt(at + 16));
                // all ones: the figure is in the zip64 record, and such archives have their own sizes
                boolean zip64 = start == 0xffffffffL;
                long room = zip64 ? Integer.toUnsignedLong(tail.getInt(at + 12)) : size - length + at - start;
                if (room > LARGEST_DIRECTORY || zip64 && (tail.getShort(at + 10) & 0xffff) == 0xffff) {
                    throw new ArchiveBudget.LimitException("It holds so many files that they were not looked at.");
                }
                return;
            }
        }
        throw new IOException("no end of central directory");
    }
}
