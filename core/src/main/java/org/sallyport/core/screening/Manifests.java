package org.sallyport.core.screening;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.trust.Minisign;
import org.sallyport.core.trust.Publisher;
import org.sallyport.core.trust.TrustException;

/**
 * What the files of a torrent say about each other: lists of hashes ({@code SHA256SUMS}) and signatures of minisign ({@code x.minisig}
 * beside {@code x}). A list without a signature guards against damage and against files that were swapped, not against who made both.
 *
 * @param hashes   SHA-256 by file index, 32 bytes; empty bytes where lists contradict each other
 * @param problems by file index: why it is suspicious, in a whole sentence
 * @param notes    who signed which file, in whole sentences
 */
public record Manifests(Map<Integer, Bytes> hashes, Map<Integer, String> problems, List<String> notes) {
    /** What is added to the name of a file that is signed. */
    public static final String MINISIG = ".minisig";
    private static final int MAX_LISTS = 16;
    private static final int MAX_SIGNATURES = 64;

    public Manifests {
        hashes = Collections.unmodifiableMap(new HashMap<>(hashes));
        problems = Map.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** Opens a file of the torrent that is complete. */
    @FunctionalInterface
    public interface Opener {
        /** @throws IOException also if it is not there, or not complete */
        InputStream open(FileEntry file) throws IOException;
    }

    /** Whether a file has to be complete before others can be judged by it. @param path as {@link FileEntry#path()} */
    public static boolean isOne(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.endsWith(MINISIG) || name.contains("sha256") && HashList.isNamedLikeOne(name);
    }

    /** Whether it {@link #isOne} and not too large to be read. */
    public static boolean isRead(FileEntry file) {
        boolean signature = file.path().toLowerCase(Locale.ROOT).endsWith(MINISIG);
        return isOne(file.path()) && file.size() <= (signature ? Minisign.MAX_BYTES : HashList.MAX_BYTES);
    }

    /**
     * Reads them; a signed file is read to its end. Blocks.
     *
     * @param files of one torrent; those that cannot be opened are passed over
     * @param book  whose keys count for minisign: their ids are {@code minisign.} and the number of the key
     */
    public static Manifests read(List<FileEntry> files, Opener opener, List<Publisher> book) {
        return new Reading(files, opener, book).all();
    }

    /**
     * Why a file is not what they say.
     *
     * @param sha256 of its bytes @return a whole sentence; empty if nothing speaks against it
     */
    public Optional<String> problem(int fileIndex, byte[] sha256) {
        Optional<String> known = Optional.ofNullable(problems.get(fileIndex));
        Bytes expected = hashes.get(fileIndex);
        boolean other = expected != null && !expected.equals(Bytes.copyOf(sha256));
        return known.isPresent() || !other ? known : Optional.of("It is not the file that the list of hashes in this torrent names: "
                + "it was changed or swapped.");
    }

    private static final class Reading {
        private final List<FileEntry> files;
        private final Map<String, FileEntry> byPath;
        private final Opener opener;
        private final List<Publisher> book;
        private final Map<Integer, Bytes> hashes = new HashMap<>();
        private final Map<Integer, String> problems = new HashMap<>();
        private final List<String> notes = new ArrayList<>();

        Reading(List<FileEntry> files, Opener opener, List<Publisher> book) {
            this.files = files.stream().filter(file -> !file.pad()).toList();
            this.byPath = this.files.stream().collect(Collectors.toMap(FileEntry::path, Function.identity()));
            this.opener = opener;
            this.book = book;
        }

        Manifests all() {
            files.stream().filter(file -> HashList.isNamedLikeOne(name(file)) && file.size() <= HashList.MAX_BYTES).limit(MAX_LISTS)
                    .forEach(this::list);
            files.stream().filter(file -> name(file).toLowerCase(Locale.ROOT).endsWith(MINISIG) && file.size() <= Minisign.MAX_BYTES)
                    .limit(MAX_SIGNATURES).forEach(this::signature);
            return new Manifests(hashes, problems, notes);
        }

        private static String name(FileEntry file) {
            return file.path().substring(file.path().lastIndexOf('/') + 1);
        }

        private void list(FileEntry list) {
            String folder = list.path().substring(0, list.path().length() - name(list).length());
            try (InputStream in = opener.open(list)) {
                HashList.read(in.readNBytes(HashList.MAX_BYTES + 1)).hashes().forEach((path, hash) -> {
                    FileEntry named = byPath.get(folder + path);
                    if (named != null) {
                        hashes.merge(named.index(), hash, (one, other) -> one.equals(other) ? one : Bytes.EMPTY);
                    }
                });
            } catch (IOException notHere) {
                return;
            }
        }

        private void signature(FileEntry file) {
            FileEntry signed = byPath.get(file.path().substring(0, file.path().length() - MINISIG.length()));
            if (signed == null) {
                return;
            }
            try (InputStream in = opener.open(file); InputStream content = opener.open(signed)) {
                Minisign signature = Minisign.read(in.readNBytes(Minisign.MAX_BYTES + 1));
                Optional<Publisher> signer = book.stream().filter(publisher -> publisher.id().equals(signature.publisherId())).findFirst();
                if (signer.isEmpty()) {
                    notes.add("\"" + signed.path() + "\" has a signature of somebody who is not in your publisher "
                            + "book (" + signature.publisherId() + ").");
                } else if (signature.holds(content, signer.get().key())) {
                    notes.add("\"" + signed.path() + "\" is signed by " + signer.get().name() + ".");
                } else {
                    problems.put(signed.index(), "Its signature (" + name(file) + ") does not fit: "
                            + "somebody changed it after " + signer.get().name() + " signed it.");
                }
            } catch (TrustException e) {
                problems.put(file.index(), "It is named like a signature and is none that can be checked.");
            } catch (IOException notHere) {
                return;
            }
        }
    }
}
