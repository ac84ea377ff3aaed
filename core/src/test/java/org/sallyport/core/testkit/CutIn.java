package org.sallyport.core.testkit;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The real file system, with a place between two calls to it: what another thread does there once in a thousand runs, a test does each time.
 * Only paths that come from {@link #of} are watched. Links are not made or read through it, and folders not listed.
 */
public final class CutIn extends FileSystemProvider {
    private final FileSystem real = FileSystems.getDefault();
    private final FileSystemProvider disk = real.provider();
    private final FileSystem system = new Watched();
    private final Map<Moment, Deed> deeds = new ConcurrentHashMap<>();

    /** What is about to happen. */
    public enum Call { MAKE_FOLDER, MOVE, OPEN, READ_ATTRIBUTES }

    /** What is done before it, on the same thread. */
    @FunctionalInterface
    public interface Deed {
        void happen() throws IOException;
    }

    private record Moment(Call call, Path path) { }

    /** The same place, watched. */
    public Path of(Path path) {
        return (Path) Proxy.newProxyInstance(CutIn.class.getClassLoader(), new Class<?>[] {Path.class}, (self, method, given) -> {
            if (method.getName().equals("getFileSystem")) {
                return system;
            }
            Object[] plain = given == null ? null : Arrays.stream(given).map(each -> each instanceof Path other ? plain(other) : each).toArray();
            try {
                return watched(method.invoke(path, plain));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private Object watched(Object answer) {
        if (answer instanceof Path path) {
            return of(path);
        }
        if (answer instanceof Iterator<?> names) {
            List<Object> all = new ArrayList<>();
            names.forEachRemaining(name -> all.add(watched(name)));
            return all.iterator();
        }
        return answer;
    }

    private Path plain(Path path) {
        return path.getFileSystem() == system ? real.getPath(path.toString()) : path;
    }

    /** The next such call with this path (where it goes, if it is moved) waits until that was done. */
    public void before(Call call, Path path, Deed deed) {
        deeds.put(new Moment(call, plain(path)), deed);
    }

    private Path at(Call call, Path path) throws IOException {
        Optional<Deed> deed = Optional.ofNullable(deeds.remove(new Moment(call, plain(path))));
        if (deed.isPresent()) {
            deed.get().happen();
        }
        return plain(path);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        disk.createDirectory(at(Call.MAKE_FOLDER, folder), attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return disk.newFileChannel(at(Call.OPEN, path), options, attributes);
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return disk.newByteChannel(at(Call.OPEN, path), options, attributes);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) throws IOException {
        return disk.readAttributes(at(Call.READ_ATTRIBUTES, path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
        return disk.readAttributes(at(Call.READ_ATTRIBUTES, path), names, options);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return disk.getFileAttributeView(plain(path), type, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) throws IOException {
        disk.setAttribute(plain(path), name, value, options);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(plain(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        disk.copy(plain(source), plain(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        disk.move(plain(source), at(Call.MOVE, target), options);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        disk.createLink(plain(link), plain(existing));
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return disk.isSameFile(plain(path), plain(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return disk.isHidden(plain(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return disk.getFileStore(plain(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        disk.checkAccess(plain(path), modes);
    }

    @Override
    public String getScheme() {
        return "cutin";
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter) {
        throw new UnsupportedOperationException();
    }

    private final class Watched extends FileSystem {
        @Override
        public FileSystemProvider provider() {
            return CutIn.this;
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public String getSeparator() {
            return real.getSeparator();
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return real.getRootDirectories();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return real.getFileStores();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return real.supportedFileAttributeViews();
        }

        @Override
        public Path getPath(String first, String... more) {
            return of(real.getPath(first, more));
        }

        @Override
        public PathMatcher getPathMatcher(String pattern) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            return real.getUserPrincipalLookupService();
        }

        @Override
        public WatchService newWatchService() {
            throw new UnsupportedOperationException();
        }
    }
}
