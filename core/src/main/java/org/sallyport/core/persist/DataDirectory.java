package org.sallyport.core.persist;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The folder that holds all state, owned by one running instance at a time: mode 0700 and locked until closed. */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String DATABASE = "state.db";
    private static final String SETTINGS = "settings.json";
    private static final String BLOCKLIST = "blocklist";
    private static final String DHT = "dht";
    private static final String LOGS = "log";
    private static final String KEYS = "keys";

    /**
     * Directories this process has open. The operating system drops a process's lock when the process closes any
     * descriptor of the file (POSIX fcntl), so a second attempt must be refused before it opens the lock file.
     */
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;
    private final Path socket;

    private DataDirectory(Path path, FileChannel lock, Path socket) {
        this.path = path;
        this.lock = lock;
        this.socket = socket;
    }

    /**
     * Creates {@code dir} if needed, closes it to other users and locks it.
     *
     * @throws DataDirectoryBusyException if another instance, or this process, has it open
     * @throws IOException if it cannot be made, written or closed to others; the message says what to do
     */
    public static DataDirectory open(Path dir) throws DataDirectoryBusyException, IOException {
        PrivateFolder.ensure(dir, Set.of(LOCK, DATABASE, SETTINGS, KEYS));
        Path real = dir.toRealPath();
        if (!OPEN_HERE.add(real)) {
            throw new DataDirectoryBusyException(dir);
        }
        boolean opened = false;
        try {
            DataDirectory directory = lockAndPrepare(real);
            opened = true;
            return directory;
        } finally {
            if (!opened) {
                OPEN_HERE.remove(real);
            }
        }
    }

    private static DataDirectory lockAndPrepare(Path real) throws DataDirectoryBusyException, IOException {
        PrivateFolder.createFile(real.resolve(LOCK));
        FileChannel channel = FileChannel.open(real.resolve(LOCK), StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            if (!tryLock(channel)) {
                throw new DataDirectoryBusyException(real);
            }
            PrivateFolder.createOne(real.resolve(LOGS));
            PrivateFolder.closeOne(real.resolve(KEYS));
            DataDirectory directory = new DataDirectory(real, channel, socketPlace(real).prepare());
            locked = true;
            return directory;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by another class loader of this process
        }
    }

    /** The real path, without links. */
    public Path path() {
        return path;
    }

    public Path databaseFile() {
        return path.resolve(DATABASE);
    }

    public Path settingsFile() {
        return settingsFileIn(path);
    }

    /** The same of any data directory, also of one that another instance has. */
    public static Path settingsFileIn(Path directory) {
        return directory.resolve(SETTINGS);
    }

    /** The user's blocklist as it was given; not there when there is none. */
    public Path blocklistFile() {
        return path.resolve(BLOCKLIST);
    }

    /** Nodes of the DHT from the last run; not there before the first. */
    public Path dhtFile() {
        return path.resolve(DHT);
    }

    /** Exists, mode 0700. */
    public Path logFolder() {
        return path.resolve(LOGS);
    }

    /** Where keys are kept, one {@link PrivateFile} each; exists, mode 0700. */
    public Path keyFolder() {
        return path.resolve(KEYS);
    }

    /** The key folder of a data directory that is not opened here; it may be in use, and need not be there. */
    public static Path keyFolderOf(Path dir) {
        return dir.resolve(KEYS);
    }

    /** Makes {@link #keyFolderOf}, for this user only. @throws IOException as {@link #open} */
    public static void makeKeyFolderOf(Path dir) throws IOException {
        PrivateFolder.ensure(dir, Set.of(LOCK, DATABASE, SETTINGS, KEYS));
        PrivateFolder.closeOne(keyFolderOf(dir));
    }

    /** Where to listen for commands; its folder exists and is private. */
    public Path socketFile() {
        return socket;
    }

    /** Where the instance that owns {@code dir} listens, if one runs; takes no lock and creates nothing. */
    public static Path socketFileFor(Path dir) {
        Path real;
        try {
            real = dir.toRealPath();
        } catch (IOException e) {
            real = dir.toAbsolutePath().normalize(); // not there, so nobody listens: connecting will say so
        }
        return socketPlace(real).find();
    }

    private static SocketPlace socketPlace(Path real) {
        return new SocketPlace(real, real.resolve(LOCK), DataDirectory::environment, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** The place this platform keeps application data of the current user in. */
    public static Path platformDefault() {
        return platformDefault(System.getProperty("os.name"), DataDirectory::environment, Path.of(System.getProperty("user.home")));
    }

    /** @param environment gives the empty string for what is not set */
    static Path platformDefault(String system, UnaryOperator<String> environment, Path home) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return absoluteOr(environment.apply("LOCALAPPDATA"), home.resolve("AppData").resolve("Local")).resolve("Sallyport");
        }
        if (name.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve("Sallyport");
        }
        return absoluteOr(environment.apply("XDG_DATA_HOME"), home.resolve(".local").resolve("share")).resolve("sallyport");
    }

    // the XDG base directory specification: a relative path is invalid and ignored
    private static Path absoluteOr(String text, Path otherwise) {
        Path path = Path.of(text);
        return path.isAbsolute() ? path : otherwise;
    }

    private static String environment(String name) {
        Map<String, String> all = System.getenv();
        return all.getOrDefault(name, "");
    }

    /** Removes a socket that is left, with its short folder if it has one, and gives the lock back. Idempotent. */
    @Override
    public void close() throws IOException {
        if (!lock.isOpen()) {
            return;
        }
        try {
            Files.deleteIfExists(socket);
            if (!socket.startsWith(path)) {
                deleteIfEmpty(socket.getParent());
            }
        } finally {
            lock.close();
            OPEN_HERE.remove(path);
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException ignored) {
            // somebody else's file: neither it nor its folder is ours to delete
        }
    }
}
