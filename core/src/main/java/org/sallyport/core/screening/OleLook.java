package org.sallyport.core.screening;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What an OLE2 file (MS-CFB) is, beyond that: the old Office formats, with or without macros, and Windows' installers. */
final class OleLook {
    /** The storage in which Office keeps macros (MS-OVBA 2.2.1), as its directory entry has it. */
    private static final byte[] MACROS = "_VBA_PROJECT".getBytes(StandardCharsets.UTF_16LE);
    /** The stream that holds a document with a password (MS-OFFCRYPTO 2.3). */
    private static final byte[] ENCRYPTED = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
    /** Class of the root of a Windows Installer package: 000C1084-0000-0000-C000-000000000046, and 1086 for patches. */
    private static final byte[] INSTALLER = {(byte) 0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, (byte) 0xc0, 0, 0, 0, 0, 0, 0, 0x46};
    private static final long MOST_BYTES = 256L << 20;
    private static final int CHUNK = 1 << 20;

    private OleLook() { }

    /** Reads at a place of a file; fewer bytes at its end only. */
    @FunctionalInterface
    interface Reader {
        int readAt(long place, ByteBuffer into) throws IOException;
    }

    static boolean isInstaller(byte[] head, Reader file) throws IOException {
        if (head.length < 76) {
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int shift = header.getShort(30);
        if (shift != 9 && shift != 12) {
            return false;
        }
        // sector 0 comes after the header, which fills the first one
        long directory = (Integer.toUnsignedLong(header.getInt(48)) + 1) << shift;
        ByteBuffer root = ByteBuffer.allocate(128);
        if (file.readAt(directory, root) < root.capacity()) {
            return false;
        }
        byte[] entry = root.array();
        entry[80] = entry[80] == (byte) 0x86 ? (byte) 0x84 : entry[80];
        return Magic.contains(entry, 80, INSTALLER);
    }

    static boolean hasMacros(Reader file) throws IOException {
        return holds(MACROS, file);
    }

    static boolean isEncrypted(Reader file) throws IOException {
        return holds(ENCRYPTED, file);
    }

    private static boolean holds(byte[] mark, Reader file) throws IOException {
        byte[] chunk = new byte[CHUNK + mark.length];
        for (long place = 0; place < MOST_BYTES; place += CHUNK) {
            int read = file.readAt(place, ByteBuffer.wrap(chunk));
            for (int i = 0; i + mark.length <= read; i++) {
                if (chunk[i] == mark[0] && Magic.contains(chunk, i, mark)) {
                    return true;
                }
            }
            if (read < chunk.length) {
                return false;
            }
        }
        return false;
    }
}
