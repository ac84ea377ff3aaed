package org.sallyport.core.screening;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * One file, opened once and read through that one channel by everything that looks at it, so that what is judged is what is hashed. Whoever
 * changes or replaces it meanwhile is found out by its identity, size and times. One thread.
 */
final class Specimen implements Closeable {
    /** On Unix the change time cannot be set back by the owner of a file; other systems have the rest. */
    private static final String IDENTITY = "unix:fileKey,size,lastModifiedTime,ctime";
    private static final String PLAIN_IDENTITY = "fileKey,size,lastModifiedTime";

    private final Path path;
    private final FileChannel channel;
    private final Map<String, Object> identity;
    private final long size;
    private final ScreenWatch watch;
    private final MessageDigest digest = sha256();
    private long position;
    private boolean ended;

    private Specimen(Path path, FileChannel channel, Map<String, Object> identity, ScreenWatch watch) {
        this.path = path;
        this.channel = channel;
        this.identity = identity;
        this.size = (Long) identity.get("size");
        this.watch = watch;
    }

    /** @throws IOException if it is no plain file, or cannot be read */
    static Specimen open(Path path, ScreenWatch watch) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.getFileName().toString(), null, "not a plain file");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            return new Specimen(path, channel, identity(path), watch);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    long size() {
        return size;
    }

    /** Bytes at any place, without touching the reading from beginning to end; fewer than wanted at the end of the file only. */
    int readAt(long place, ByteBuffer into) throws IOException {
        int all = 0;
        while (into.hasRemaining()) {
            int read = channel.read(into, place + all);
            if (read < 0) {
                break;
            }
            all += read;
        }
        return all;
    }

    /** All of it, to be read at any place; closing it does nothing. */
    SeekableByteChannel view() {
        return new View();
    }

    /** The next bytes, which are hashed as well; -1 at the end. */
    int read(byte[] buffer) throws IOException {
        check();
        int read = channel.read(ByteBuffer.wrap(buffer), position);
        if (read < 0) {
            ended = true;
            return -1;
        }
        digest.update(buffer, 0, read);
        position += read;
        return read;
    }

    /** @throws CancellationException if nobody wants to know any more */
    void check() {
        if (Thread.currentThread().isInterrupted() || !watch.goesOn(position)) {
            throw new CancellationException();
        }
    }

    /**
     * Reads what is left, and tells the SHA-256 of all of it.
     *
     * @throws ChangedException if it is not the file that was opened any more
     */
    String finish() throws IOException {
        byte[] buffer = new byte[256 << 10];
        while (!ended) {
            read(buffer);
        }
        if (position != size || !identity.equals(identity(path))) {
            throw new ChangedException();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Map<String, Object> identity(Path path) throws IOException {
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        return Map.copyOf(Files.readAttributes(path, unix ? IDENTITY : PLAIN_IDENTITY, LinkOption.NOFOLLOW_LINKS));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Read-only, with a position of its own. */
    private final class View implements SeekableByteChannel {
        private long place;

        @Override
        public int read(ByteBuffer into) throws IOException {
            check();
            int read = channel.read(into, place);
            place += Math.max(read, 0);
            return read;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new NonWritableChannelException();
        }

        @Override
        public long position() {
            return place;
        }

        @Override
        public SeekableByteChannel position(long value) {
            if (value < 0) {
                throw new IllegalArgumentException("position " + value);
            }
            place = value;
            return this;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public SeekableByteChannel truncate(long value) {
            throw new NonWritableChannelException();
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() { }
    }

    /** The file changed while it was read. */
    static final class ChangedException extends IOException {
        ChangedException() {
            super("changed while it was read");
        }
    }
}
