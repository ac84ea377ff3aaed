package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.screening.Manifests;
import org.sallyport.core.screening.Screened;
import org.sallyport.core.trust.Publisher;

/**
 * Holds a file against what was said of it: the SHA-256 that the signers of its torrent stated, the lists of hashes and the signatures of
 * minisign among its files. Version 1 torrents hash with SHA-1, which two different pieces can share. Disk threads.
 */
final class AuthorsWord {
    private final Metainfo metainfo;
    private final TorrentFiles files;
    private final List<Publisher> book;
    private final List<FileEntry> manifests;
    private volatile Optional<Manifests> lists = Optional.empty();

    /** @param manifests of the files that {@link Manifests#isOne}, those that are complete */
    AuthorsWord(TorrentFiles files, List<Publisher> book, List<FileEntry> manifests) {
        this.metainfo = files.metainfo();
        this.files = files;
        this.book = book;
        this.manifests = List.copyOf(manifests);
    }

    /** The same, or suspicious because it is not what was promised. What is infected, or was not read, stays so. */
    Screened compared(FileEntry file, Screened screened) {
        if (screened.sha256().isEmpty() || screened.verdict().kind() == Verdict.Kind.INFECTED) {
            return screened;
        }
        byte[] sha256 = HexFormat.of().parseHex(screened.sha256());
        Optional<String> problem = unsigned(file, sha256).or(() -> unlisted(file, sha256));
        return problem.map(sentence -> new Screened(new Verdict(Verdict.Kind.SUSPICIOUS, sentence), screened.sha256(), screened.at(),
                screened.engine(), screened.definitions(), screened.retry(), screened.what())).orElse(screened);
    }

    private Optional<String> unsigned(FileEntry file, byte[] sha256) {
        return metainfo.signatures().expectedSha256(file.index()).filter(expected -> !Arrays.equals(expected, sha256))
                .map(expected -> "It is not the file that the author of the torrent signed (its SHA-256 is another one).");
    }

    private Optional<String> unlisted(FileEntry file, byte[] sha256) {
        if (manifests.isEmpty()) {
            return Optional.empty();
        }
        if (lists.isEmpty()) {
            lists = Optional.of(read(metainfo.files(), Set.copyOf(manifests)));
        }
        Optional<FileEntry> signature = manifests.stream().filter(entry -> entry.path().equals(file.path() + Manifests.MINISIG)).findFirst();
        return lists.get().problem(file.index(), sha256)
                .or(() -> signature.flatMap(own -> read(List.of(own, file), Set.of(own, file)).problem(file.index(), sha256)));
    }

    /** Lists are read once; a large file is read again only for a signature of its own. */
    private Manifests read(List<FileEntry> entries, Set<FileEntry> open) {
        return Manifests.read(entries, entry -> {
            if (!open.contains(entry)) {
                throw new IOException("not complete");
            }
            return Files.newInputStream(files.layout().place(entry.index()));
        }, book);
    }

    /** Whether it stands for these, too. */
    boolean isOf(List<Publisher> otherBook, List<FileEntry> otherManifests) {
        return book.equals(otherBook) && manifests.equals(otherManifests);
    }
}
