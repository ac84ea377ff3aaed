package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A folder of three files to be shared. The bytes are the same in each run, look random, and carry {@link #MARKER} once per 16 KiB so
 * that they are recognised in a capture. No file is a whole number of pieces long: pieces span files.
 */
final class Content {

    /** 32 bytes of ASCII. */
    static final String MARKER = "SALLYPORT-INTEROP-MARKER-0123456";

    private static final String NAME = "Interop content";
    private static final List<String> FILES = List.of("first.bin", "inner folder/second.bin", "third.bin");
    private static final int BLOCK = 16 * 1024;
    private static final long SEED = 20_261_120L;

    private final Path parent;
    private final int pieceLength;
    private final long fileSize;
    private final TorrentFile torrent;

    private Content(Path parent, long fileSize, int pieceLength) {
        this.parent = parent;
        this.fileSize = fileSize;
        this.pieceLength = pieceLength;
        this.torrent = torrent(parent.resolve("content.torrent"), OpenTracker.ANNOUNCE);
    }

    /** Another torrent file of it, on a tracker of its own; the info-hash is the same. */
    TorrentFile torrent(Path file, String announce) {
        return TorrentFile.write(file, announce, NAME, FILES.stream().map(root()::resolve).toList(), root(), pieceLength);
    }

    /** Its first file as a torrent of its own, without a tracker. */
    TorrentFile firstFile(Path file) {
        return TorrentFile.single(file, root().resolve(FILES.get(0)), pieceLength);
    }

    static Content create(Path parent, long fileSize, int pieceLength) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (String file : FILES) {
            write(parent.resolve(NAME).resolve(file), fileSize, random);
        }
        return new Content(parent, fileSize, pieceLength);
    }

    /** The folder that holds the shared folder: what clients call the download or save path. */
    Path parent() {
        return parent;
    }

    /** The shared folder itself. */
    Path root() {
        return parent.resolve(NAME);
    }

    long sizeBytes() {
        return fileSize * FILES.size();
    }

    /** A torrent of it on {@link OpenTracker#ANNOUNCE}, made with our own few lines of bencode: Sallyport must not judge itself. */
    TorrentFile torrent() {
        return torrent;
    }

    /**
     * Waits until {@code folder} holds the same bytes, compared byte by byte (stronger than equal sha256, and faster). Clients say
     * "complete" when the last hash was right and may need a moment more to write.
     */
    void awaitCopy(Path folder) {
        Waiting.untilAsserted(Duration.ofSeconds(20), () -> assertThat(difference(folder)).isEmpty());
    }

    /** The first difference of the copy below {@code folder}; empty when it is exact. */
    Optional<String> difference(Path folder) {
        for (String file : FILES) {
            Path copy = folder.resolve(NAME).resolve(file);
            if (!Files.isRegularFile(copy)) {
                return Optional.of(copy + " is missing");
            }
            try {
                long at = Files.mismatch(root().resolve(file), copy);
                if (at >= 0) {
                    return Optional.of(copy + " differs at byte " + at);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.empty();
    }

    private static void write(Path file, long size, SplittableRandom random) {
        byte[] marker = MARKER.getBytes(StandardCharsets.US_ASCII);
        byte[] block = new byte[BLOCK];
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
                for (long left = size; left > 0; left -= BLOCK) {
                    random.nextBytes(block);
                    System.arraycopy(marker, 0, block, 0, marker.length);
                    out.write(block, 0, (int) Math.min(BLOCK, left));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
