package org.sallyport.core.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Goes from a folder to a file below it without following a link at any step. On Linux and macOS each folder is opened relative to the one
 * before ({@code openat}, {@code O_NOFOLLOW}) and held, so that nothing can be put in the way behind our back. Elsewhere the path is used as
 * a whole; whoever asks compares real paths before and after.
 */
final class NoFollow {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private NoFollow() { }

    /** What to do at the end of the way. */
    interface Arrival<T> {
        T at(Spot spot) throws IOException;
    }

    /** A name in a folder that is held open, or a path where folders cannot be held. */
    interface Spot {
        /** Of the name itself, no link followed. */
        BasicFileAttributes attributes() throws IOException;

        FileChannel open() throws IOException;
    }

    /** @param file below {@code folder} */
    static <T> T reach(Path folder, Path file, Arrival<T> arrival) throws IOException {
        try (DirectoryStream<Path> top = Files.newDirectoryStream(folder)) {
            if (top instanceof SecureDirectoryStream<Path> held) {
                return descend(held, folder.relativize(file), 0, arrival);
            }
        }
        return arrival.at(new ByPath(file));
    }

    private static <T> T descend(SecureDirectoryStream<Path> folder, Path way, int step, Arrival<T> arrival) throws IOException {
        Path name = way.getName(step);
        if (step == way.getNameCount() - 1) {
            return arrival.at(new Held(folder, name));
        }
        try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            return descend(next, way, step + 1, arrival);
        }
    }

    private record Held(SecureDirectoryStream<Path> folder, Path name) implements Spot {
        @Override
        public BasicFileAttributes attributes() throws IOException {
            return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).readAttributes();
        }

        @Override
        public FileChannel open() throws IOException {
            return (FileChannel) folder.newByteChannel(name, READ);
        }
    }

    private record ByPath(Path file) implements Spot {
        @Override
        public BasicFileAttributes attributes() throws IOException {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public FileChannel open() throws IOException {
            return FileChannel.open(file, READ);
        }
    }
}
