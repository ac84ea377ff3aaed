package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Puts into words what went wrong with a file: exceptions of the file system carry nothing but its name. */
final class DiskTrouble {
    private DiskTrouble() { }

    /** A sentence for a person: what happened and what to do next. */
    static String sentence(IOException trouble) {
        if (!(trouble instanceof FileSystemException of) || of.getFile() == null) {
            return "The disk had trouble: " + trouble.getMessage();
        }
        String file = of.getFile();
        if (of instanceof NoSuchFileException) {
            return "There is no " + file + ". Check the name, or choose another place.";
        }
        if (of instanceof AccessDeniedException) {
            return "You may not use " + file + ". Change its permissions, or choose another place.";
        }
        if (of instanceof FileAlreadyExistsException) {
            return "There is something called " + file + " already. Choose another name, or move it away first.";
        }
        if (of instanceof NotDirectoryException) {
            return notFolder(file);
        }
        if (of instanceof DirectoryNotEmptyException) {
            return "The folder " + file + " is not empty. Choose another name, or move its content away first.";
        }
        return byReason(file, of.getReason() == null ? "" : of.getReason());
    }

    /** What Java has no exception for comes in the words of the operating system. */
    private static String byReason(String file, String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("not a directory")) {
            return notFolder(file);
        }
        if (lower.contains("read-only")) {
            return file + " is on a disk that can only be read. Choose another place.";
        }
        if (lower.contains("no space left") || lower.contains("quota")) {
            return "There is no room left for " + file + ". Free some space, or choose another place.";
        }
        if (lower.contains("name too long")) {
            return "The name " + file + " is too long for this disk. Choose a shorter one.";
        }
        return "The disk had trouble with " + file + (reason.isEmpty() ? "" : " (" + reason + ")") + ". Try again, or choose another place.";
    }

    private static String notFolder(String file) {
        return "A part of " + file + " is a file where a folder is needed. Check the name, or choose another place.";
    }
}
