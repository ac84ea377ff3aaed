package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** The disk did not do as asked; the message is a sentence for a person. */
public final class StorageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble: decides what to wait for before trying again. GATE: nothing is shared until a person acts. */
    public enum Kind { DISK_FULL, MISSING, DENIED, CHANGED, BROKEN, GATE }

    /** No write of ours is longer than a segment. */
    private static final long LITTLE = SegmentPool.MAX_SEGMENT;

    private final Kind kind;

    public StorageException(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public StorageException(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    /** @param file as a person knows it: the path inside the torrent */
    static StorageException of(IOException cause, String file) {
        String reason = reason(cause);
        String text = reason.toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("not enough space") || text.contains("quota")) {
            return full(cause);
        }
        if (cause instanceof NoSuchFileException) {
            return new StorageException(Kind.MISSING, "\"" + file + "\" is missing. Put it back, or check the files again.", cause);
        }
        if (text.contains("symbolic link")) {
            return new StorageException(Kind.DENIED, "\"" + file
                    + "\" is a link now, and links are not followed. Remove the link, then check the files again.", cause);
        }
        if (cause instanceof AccessDeniedException || text.contains("permission denied") || text.contains("not permitted")
                || text.contains("read-only")) {
            return new StorageException(Kind.DENIED, "Sallyport may not use \"" + file + "\". Check the permissions of the folder.", cause);
        }
        return new StorageException(Kind.BROKEN, "The disk had trouble with \"" + file + "\" (" + reason + ").", cause);
    }

    /** As above, but a full disk is known also when the system speaks another language. @param folder on that disk */
    static StorageException of(IOException cause, String file, Path folder) {
        StorageException told = of(cause, file);
        try {
            boolean full = told.kind == Kind.BROKEN && Files.getFileStore(folder).getUsableSpace() < LITTLE;
            return full ? full(cause) : told;
        } catch (IOException e) {
            return told;
        }
    }

    private static StorageException full(IOException cause) {
        return new StorageException(Kind.DISK_FULL, "The disk is full. Free some space; the download goes on by itself.", cause);
    }

    /** What the system said, without the file's name, which may hold any words. */
    private static String reason(IOException cause) {
        String reason = cause instanceof FileSystemException named ? named.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }

    public Kind kind() {
        return kind;
    }
}
