package org.sallyport.core.metainfo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;

/**
 * Reads .torrent files of version 1 (BEP 3) and hybrids of 1 and 2 (BEP 52) by their version 1 part. What comes out is
 * consistent: sizes, piece length and number of hashes agree, and every path is safe. Pure but for {@link #read(Path)}.
 */
public final class MetainfoReader {
    static final int MIN_PIECE_LENGTH = 16 << 10;
    static final int MAX_PIECE_LENGTH = 64 << 20;
    private static final int MAX_COMMENT_CHARS = 4096;
    private static final int MAX_CREATED_BY_CHARS = 256;
    private static final long YEAR_9999 = 253_402_300_799L;

    private MetainfoReader() { }

    /**
     * Reads a .torrent file.
     *
     * @throws RefusedException as {@link #read(byte[])}, or {@code metainfo.not-a-file} for a folder, device or pipe
     * @throws IOException      if it cannot be read or does not exist
     */
    public static Metainfo read(Path file) throws RefusedException, IOException {
        if (!Files.isRegularFile(file)) {
            if (Files.notExists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            throw refused("not-a-file", "It is a folder or a device, not a file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            // one byte more than allowed, so that a larger file is seen to be larger
            return readOwned(in.readNBytes(BencodeLimits.TORRENT.bytes() + 1));
        }
    }

    /**
     * Reads the bytes of a .torrent file.
     *
     * @param bytes copied
     * @throws RefusedException with a rule {@code bencode.…} or {@code metainfo.…} and what is wrong with it
     */
    public static Metainfo read(byte[] bytes) throws RefusedException {
        return readOwned(bytes.clone());
    }

    /** As {@link #read(byte[])}, for bytes that nobody else keeps. */
    static Metainfo readOwned(byte[] bytes) throws RefusedException {
        BencodeDict torrent = decode(bytes);
        BencodeDict info = torrent.dict("info").orElseThrow(() -> refused("info-missing", "It says nothing about any files."));
        boolean hybrid = version(info) == 2;
        String rawName = rawName(info);
        if (rawName.isEmpty()) {
            throw refused("name-missing", "It has no name.");
        }
        int pieceLength = pieceLength(info);
        FileList.Result files = FileList.read(info, rawName);
        int pieceCount = pieceCount(info, files.totalBytes(), pieceLength);

        List<String> notes = new ArrayList<>(files.notes());
        if (hybrid) {
            notes.add("It can be used as version 1 and version 2; Sallyport uses version 1.");
        }
        List<WebSeed> sources = SourceUrls.webSeeds(torrent, notes);
        TorrentPreview preview = new TorrentPreview(
                InfoHash.of(sha1().digest(info.raw())), PathRule.element(rawName), hybrid, info.integer("private").orElse(0) != 0,
                files.singleFile(), entries(files.files()), writtenBytes(files.files()), pieceLength, pieceCount,
                DisplayText.lines(torrent.text("comment.utf-8", torrent.text("comment", "")), MAX_COMMENT_CHARS),
                DisplayText.line(torrent.text("created by", ""), MAX_CREATED_BY_CHARS), createdAt(torrent.integer("creation date")),
                SourceUrls.tiers(torrent, notes), sources.stream().map(WebSeed::url).toList(), notes);
        var layout = new Metainfo.Layout(files.files(), files.totalBytes(), info.start(), info.end(), info.contentStart("pieces"), sources,
                DhtNodes.read(torrent), SignatureReader.read(torrent, bytes, files.files().size()));
        return new Metainfo(preview, layout, bytes);
    }

    static String rawName(BencodeDict info) {
        return info.text("name.utf-8", info.text("name", ""));
    }

    private static BencodeDict decode(byte[] bytes) throws RefusedException {
        try {
            return Bencode.decodeDict(bytes, BencodeLimits.TORRENT);
        } catch (RefusedException e) {
            throw withAdvice(e.refusal().rule(), "This is no valid .torrent file. " + e.refusal().sentence());
        }
    }

    private static long version(BencodeDict info) throws RefusedException {
        long version = info.has("meta version") ? info.integer("meta version").orElse(-1) : 1;
        boolean noHashes = !info.has("pieces");
        if (noHashes && (version == 2 || info.has("file tree"))) {
            throw new RefusedException("metainfo.v2-only",
                    "This is a version 2 torrent. Support for version 2 comes later; ask for a version 1 or hybrid torrent of the same files.");
        }
        if (version != 1 && version != 2) {
            throw refused("version", "It is of a version that is not known here.");
        }
        return version;
    }

    /** BEP 3 asks for no power of two, and some old torrents have none; blocks of 16 KiB must fill a piece, though. */
    private static int pieceLength(BencodeDict info) throws RefusedException {
        long length = info.integer("piece length").orElse(0);
        if (length < MIN_PIECE_LENGTH || length > MAX_PIECE_LENGTH || length % MIN_PIECE_LENGTH != 0) {
            throw refused("piece-length", "Its pieces are not a multiple of 16 KiB from 16 KiB to 64 MiB.");
        }
        return (int) length;
    }

    private static int pieceCount(BencodeDict info, long totalBytes, int pieceLength) throws RefusedException {
        if (info.bytes("pieces").isEmpty()) {
            throw refused("pieces-missing", "It has no hashes, so nothing that is downloaded could be checked.");
        }
        int hashBytes = info.rawEnd("pieces") - info.contentStart("pieces");
        if (hashBytes % Metainfo.HASH_BYTES != 0) {
            throw refused("pieces-shape", "Its hashes are cut off.");
        }
        long expected = (totalBytes + pieceLength - 1) / pieceLength;
        int count = hashBytes / Metainfo.HASH_BYTES;
        if (count != expected) {
            throw refused("piece-count", "It has " + count + " hashes where its size needs " + expected + ".");
        }
        return count;
    }

    private static List<TorrentPreview.Entry> entries(List<FileEntry> files) {
        return files.stream().filter(f -> !f.pad()).map(f -> new TorrentPreview.Entry(f.index(), f.path(), f.size())).toList();
    }

    private static long writtenBytes(List<FileEntry> files) {
        return files.stream().filter(f -> !f.pad()).mapToLong(FileEntry::size).sum();
    }

    private static Instant createdAt(OptionalLong seconds) {
        long given = seconds.orElse(0);
        return given > 0 && given <= YEAR_9999 ? Instant.ofEpochSecond(given) : Instant.EPOCH;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    static RefusedException refused(String rule, String what) {
        return withAdvice("metainfo." + rule, "This torrent was refused. " + what);
    }

    private static RefusedException withAdvice(String rule, String sentence) {
        return new RefusedException(rule, sentence + " Get it again from where it came, or from somewhere else.");
    }
}
