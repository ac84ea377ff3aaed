package org.sallyport.core.screening;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lists a tar: POSIX.1-2001 pax headers and GNU long names. Our own, because the library holds names and headers of any length in memory, and
 * there is little to it.
 */
final class TarLook {
    static final int BLOCK = 512;
    private static final int LARGEST_HEADER = 64 << 10;

    private TarLook() { }

    /** Whether a first block is a tar's: by its mark, and by its checksum for those from before there was one. */
    static boolean isTar(byte[] head) {
        return head.length >= BLOCK && head[0] != 0 && isChecksumRight(head);
    }

    static void list(InputStream in, Archives.Visitor visitor) throws IOException {
        String longName = "";
        long longSize = -1;
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || isEmpty(header)) {
                return; // two empty blocks end it; one is enough, and so is the end of the file, as for GNU tar
            }
            if (!isChecksumRight(header)) {
                throw new IOException("a header's checksum is wrong");
            }
            long size = number(header, 124, 12);
            char type = (char) (header[156] & 0xff);
            if (type == 'L' || type == 'x' || type == 'g' || type == 'K') {
                byte[] text = block(in, size);
                if (type == 'L') {
                    longName = text(text, 0, text.length);
                } else if (type == 'x') {
                    longName = pax(text, "path", longName);
                    String given = pax(text, "size", "");
                    longSize = given.matches("[0-9]{1,18}") ? Long.parseLong(given) : longSize;
                }
                continue;
            }
            long real = longSize >= 0 ? longSize : size;
            // links, folders and devices have no bytes of their own
            boolean file = type == '0' || type == 0 || type == '7' || type == 'S';
            Part part = new Part(in, type >= '1' && type <= '6' ? 0 : real);
            visitor.visit(longName.isEmpty() ? name(header) : longName, file ? part : InputStream.nullInputStream());
            part.finish();
            longName = "";
            longSize = -1;
        }
    }

    private static byte[] block(InputStream in, long size) throws IOException {
        if (size > LARGEST_HEADER) {
            throw new IOException("a header of " + size + " bytes");
        }
        Part part = new Part(in, size);
        byte[] text = part.readAllBytes();
        part.finish();
        return text;
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        boolean posix = Magic.contains(header, 257, new byte[] {'u', 's', 't', 'a', 'r', 0});
        String prefix = posix ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Records of "length key=value\n". */
    private static String pax(byte[] records, String key, String otherwise) {
        for (String line : new String(records, StandardCharsets.UTF_8).split("\n")) {
            int blank = line.indexOf(' ');
            if (line.startsWith(key + "=", blank + 1)) {
                return line.substring(blank + key.length() + 2);
            }
        }
        return otherwise;
    }

    private static String text(byte[] bytes, int at, int most) {
        int end = at;
        while (end < at + most && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    /** Octal, or base 256 when the first bit is set. */
    private static long number(byte[] header, int at, int length) throws IOException {
        if ((header[at] & 0x80) != 0) {
            long value = 0;
            for (int i = at + length - Long.BYTES; i < at + length; i++) {
                value = value << 8 | header[i] & 0xff;
            }
            if (value < 0) {
                throw new IOException("a size below zero");
            }
            return value;
        }
        String text = new String(header, at, length, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
        if (!text.matches("[0-7]{0,12}")) {
            throw new IOException("no number");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text, 8);
    }

    private static boolean isChecksumRight(byte[] header) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        try {
            return sum == number(Arrays.copyOf(header, BLOCK), 148, 8);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isEmpty(byte[] block) {
        for (byte one : block) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of one entry, and then the padding up to a whole block. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private final int padding;
        private long left;

        Part(InputStream in, long size) {
            this.in = in;
            this.left = size;
            this.padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(into, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new IOException("it ends in the middle of a file");
            }
            left -= read;
            return read;
        }

        void finish() throws IOException {
            byte[] waste = new byte[8192];
            while (left > 0) {
                read(waste, 0, waste.length);
            }
            in.readNBytes(padding);
        }
    }
}
