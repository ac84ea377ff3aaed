package org.sallyport.core.screening;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/** Lists a 7z, entry after entry, as its blocks are unpacked. */
final class SevenZipLook {

    private SevenZipLook() { }

    static void list(SeekableByteChannel bytes, Archives.Visitor visitor) throws IOException {
        SevenZipHeader.check(bytes);
        try {
            // closing it would close the channel only, and that is the caller's
            SevenZFile archive = SevenZFile.builder().setSeekableByteChannel(bytes).setMaxMemoryLimitKiB(Archives.MEMORY_KIB).get();
            for (SevenZArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                boolean empty = entry.isDirectory() || !entry.hasStream();
                String name = entry.getName() == null ? "" : entry.getName();
                visitor.visit(name, empty ? InputStream.nullInputStream() : new Current(archive));
            }
        } catch (PasswordRequiredException e) {
            throw new Archives.EncryptedException();
        } catch (MemoryLimitException e) {
            throw new ArchiveBudget.LimitException("Unpacking it takes more memory than it is given (" + (Archives.MEMORY_KIB >> 10)
                    + " MiB), so it was not looked into.");
        }
    }

    /** The bytes of the entry that the archive stands at. */
    private static final class Current extends InputStream {
        private final SevenZFile archive;

        Current(SevenZFile archive) {
            this.archive = archive;
        }

        @Override
        public int read() throws IOException {
            return archive.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return length == 0 ? 0 : archive.read(into, offset, length);
        }
    }
}
