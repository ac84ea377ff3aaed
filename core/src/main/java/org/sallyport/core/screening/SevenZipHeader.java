package org.sallyport.core.screening;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * How large the header of a 7z is, packed and unpacked (7zFormat.txt, "EncodedHeader"). The library holds all of it in memory before it knows, so
 * it is asked here first.
 */
final class SevenZipHeader {
    private static final int SIGNATURE_BYTES = 32;
    private static final long LARGEST = 8L << 20;
    private static final int MOST_CODERS = 32;

    private static final int PACK_INFO = 0x06;
    private static final int UNPACK_INFO = 0x07;
    private static final int SIZE = 0x09;
    private static final int FOLDER = 0x0b;
    private static final int UNPACK_SIZES = 0x0c;
    private static final int ENCODED = 0x17;

    private SevenZipHeader() { }

    /** @throws ArchiveBudget.LimitException if it is too large to be held @throws IOException if it is none */
    static void check(SeekableByteChannel bytes) throws IOException {
        ByteBuffer start = read(bytes, 0, SIGNATURE_BYTES);
        long offset = start.getLong(12);
        long size = start.getLong(20);
        if (offset < 0 || size < 0 || size > LARGEST) {
            throw tooLarge();
        }
        ByteBuffer header = read(bytes, SIGNATURE_BYTES + offset, (int) size);
        try {
            if (size > 0 && header.get() == ENCODED) {
                encoded(header);
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("the header ends too early", e);
        }
    }

    private static void encoded(ByteBuffer header) throws IOException {
        int id = header.get();
        if (id == PACK_INFO) {
            number(header);
            long streams = number(header);
            expect(streams == 1 && header.get() == SIZE);
            number(header);
            expect(header.get() == 0);
            id = header.get();
        }
        expect(id == UNPACK_INFO && header.get() == FOLDER && number(header) == 1 && header.get() == 0);
        long outputs = coders(header);
        expect(header.get() == UNPACK_SIZES);
        for (long i = 0; i < outputs; i++) {
            if (Long.compareUnsigned(number(header), LARGEST) > 0) {
                throw tooLarge();
            }
        }
    }

    /** @return streams that come out of them */
    private static long coders(ByteBuffer header) throws IOException {
        long coders = number(header);
        expect(coders > 0 && coders <= MOST_CODERS);
        long inputs = 0;
        long outputs = 0;
        for (long i = 0; i < coders; i++) {
            int flags = header.get();
            skip(header, flags & 0x0f);
            boolean simple = (flags & 0x10) == 0;
            inputs += simple ? 1 : number(header);
            outputs += simple ? 1 : number(header);
            expect(inputs > 0 && inputs <= MOST_CODERS && outputs > 0 && outputs <= MOST_CODERS);
            if ((flags & 0x20) != 0) {
                skip(header, number(header));
            }
        }
        for (long i = 0; i < 2 * (outputs - 1); i++) {
            number(header);
        }
        long packed = inputs - (outputs - 1);
        for (long i = 0; packed > 1 && i < packed; i++) {
            number(header);
        }
        return outputs;
    }

    /** As many leading ones of the first byte as bytes follow, little endian; the rest of it is the highest part. */
    private static long number(ByteBuffer header) {
        int first = header.get() & 0xff;
        long value = 0;
        int mask = 0x80;
        for (int i = 0; i < 8; i++) {
            if ((first & mask) == 0) {
                return value | (long) (first & mask - 1) << 8 * i;
            }
            value |= (long) (header.get() & 0xff) << 8 * i;
            mask >>= 1;
        }
        return value;
    }

    private static void skip(ByteBuffer header, long bytes) throws IOException {
        expect(bytes >= 0 && bytes <= header.remaining());
        header.position(header.position() + (int) bytes);
    }

    /** What no program writes is not looked at further. */
    private static void expect(boolean usual) throws IOException {
        if (!usual) {
            throw new IOException("an unusual header");
        }
    }

    private static ArchiveBudget.LimitException tooLarge() {
        return new ArchiveBudget.LimitException("It holds so many files that they were not looked at.");
    }

    private static ByteBuffer read(SeekableByteChannel bytes, long place, int length) throws IOException {
        if (place > bytes.size() - length) {
            throw new IOException("the header is not there");
        }
        ByteBuffer into = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(place);
        while (into.hasRemaining() && bytes.read(into) >= 0) {
            // until all of it is there
        }
        bytes.position(0);
        return into.flip();
    }
}
