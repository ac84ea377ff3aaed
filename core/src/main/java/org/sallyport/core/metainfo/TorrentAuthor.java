package org.sallyport.core.metainfo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.sallyport.core.model.RefusedException;

/** Writes version 1 .torrent files (BEP 3, 12, 19, 27). The same source and request give the same bytes on every computer. */
public final class TorrentAuthor {
    /** Automatic piece lengths give 1000 to 2000 pieces, as long as they stay in this range. */
    private static final long MAX_AUTO_PIECES = 2000;
    private static final int MAX_AUTO_PIECE_LENGTH = 16 << 20;
    /** Leaves room in the 10 MiB of a .torrent for names and trackers. */
    private static final long MAX_PIECES = 8L * (1 << 20) / Metainfo.HASH_BYTES;

    private TorrentAuthor() { }

    /** As {@link #write(AuthorRequest, List, Supplier, DoubleConsumer, BooleanSupplier)}, unsigned, with the SHA-1 of the first JCA provider. */
    public static Metainfo write(AuthorRequest request, DoubleConsumer progress, BooleanSupplier cancelled)
            throws RefusedException, IOException {
        return write(request, TorrentAuthor::platformSha1, progress, cancelled);
    }

    /** As {@link #write(AuthorRequest, List, Supplier, DoubleConsumer, BooleanSupplier)}, unsigned. */
    public static Metainfo write(AuthorRequest request, Supplier<MessageDigest> sha1, DoubleConsumer progress, BooleanSupplier cancelled)
            throws RefusedException, IOException {
        return write(request, List.of(), sha1, progress, cancelled);
    }

    /**
     * Reads the source on all cores, writes the .torrent and returns it as {@link MetainfoReader} reads it. Links and special
     * files are left out and named in {@link Metainfo#notes()}. Blocks until done; whatever goes wrong, the target is as before.
     *
     * @param signings  who signs it; their files are read a second time then
     * @param sha1      makes one digest for each thread; called on those threads
     * @param progress  told 0..1 about ten times a second on the caller's thread
     * @param cancelled asked as often, on the same thread; an interrupt counts as well
     * @throws RefusedException      with a rule {@code create.…} or {@code metainfo.…} and what to change
     * @throws IOException           if the source cannot be read or the target not be written
     * @throws CancellationException if cancelled
     */
    public static Metainfo write(AuthorRequest request, List<Signing> signings, Supplier<MessageDigest> sha1, DoubleConsumer progress,
            BooleanSupplier cancelled) throws RefusedException, IOException {
        refuseBadRequest(request);
        AuthorSource source = AuthorSource.scan(request.source(), request.target(), cancelled);
        int pieceLength = request.pieceLength() == 0 ? automaticPieceLength(source.totalBytes()) : request.pieceLength();
        if (source.totalBytes() / pieceLength >= MAX_PIECES) {
            throw new RefusedException("create.piece-count", "That would be more than " + MAX_PIECES + " pieces. Choose a larger piece length.");
        }
        byte[] pieces = new PieceHashing(source, pieceLength, sha1).run(progress, cancelled);
        Map<String, Object> made = torrent(request, source, pieceLength, pieces);
        TorrentSealing.sign(made, source, signings, cancelled);
        source.refuseChanged();
        byte[] torrent = Bencode.encode(made);
        Metainfo written = MetainfoReader.readOwned(torrent).withNotes(source.notes());
        PieceHashing.throwIfCancelled(cancelled);
        replace(request.target().toAbsolutePath(), torrent);
        progress.accept(1);
        return written;
    }

    /** The smallest power of two that gives at most 2000 pieces, from 16 KiB to 16 MiB. */
    static int automaticPieceLength(long totalBytes) {
        int length = MetainfoReader.MIN_PIECE_LENGTH;
        while (length < MAX_AUTO_PIECE_LENGTH && totalBytes > length * MAX_AUTO_PIECES) {
            length *= 2;
        }
        return length;
    }

    private static void refuseBadRequest(AuthorRequest request) throws RefusedException {
        int length = request.pieceLength();
        boolean inRange = length >= MetainfoReader.MIN_PIECE_LENGTH && length <= MetainfoReader.MAX_PIECE_LENGTH;
        if (length != 0 && (!inRange || Integer.bitCount(length) != 1)) {
            throw new RefusedException("create.piece-length",
                    "The piece length must be a power of two from 16 KiB to 64 MiB, or 0 to choose by size.");
        }
        Path folder = request.target().toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(request.target())) {
            throw new RefusedException("create.target", "The .torrent file cannot be written there. Choose a file name in a folder that exists.");
        }
        List<String> trackers = request.tiers().stream().flatMap(List::stream).toList();
        refuseUnusable("create.tracker-url", "tracker", trackers, SourceUrls.TRACKER_SCHEMES);
        refuseUnusable("create.web-seed-url", "web seed", request.webSeeds(), SourceUrls.WEB_SEED_SCHEMES);
    }

    private static void refuseUnusable(String rule, String what, List<String> urls, Set<String> schemes) throws RefusedException {
        for (String url : urls) {
            if (!SourceUrls.isUsable(url, schemes)) {
                throw new RefusedException(rule, "“" + DisplayText.line(url, 200) + "” is no " + what + " address. It must begin with "
                        + String.join(":// or ", schemes.stream().sorted().toList()) + ":// and name a host.");
            }
        }
        if (urls.size() > SourceUrls.MAX_URLS) {
            throw new RefusedException(rule, "At most " + SourceUrls.MAX_URLS + " " + what + " addresses can be given.");
        }
    }

    private static Map<String, Object> torrent(AuthorRequest request, AuthorSource source, int pieceLength, byte[] pieces) {
        Map<String, Object> torrent = new HashMap<>();
        torrent.put("info", info(request, source, pieceLength, pieces));
        List<List<String>> tiers = request.tiers().stream().filter(tier -> !tier.isEmpty()).toList();
        if (!tiers.isEmpty()) {
            torrent.put("announce", tiers.get(0).get(0));
        }
        if (tiers.stream().mapToInt(List::size).sum() > 1) {
            torrent.put("announce-list", tiers);
        }
        if (!request.webSeeds().isEmpty()) {
            torrent.put("url-list", request.webSeeds());
        }
        if (!request.comment().isBlank()) {
            torrent.put("comment", request.comment());
        }
        if (!request.createdBy().isBlank()) {
            torrent.put("created by", request.createdBy());
        }
        if (request.createdAt().isAfter(Instant.EPOCH)) {
            torrent.put("creation date", request.createdAt().getEpochSecond());
        }
        return torrent;
    }

    private static Map<String, Object> info(AuthorRequest request, AuthorSource source, int pieceLength, byte[] pieces) {
        Map<String, Object> info = new HashMap<>(Map.of("name", source.name(), "piece length", pieceLength, "pieces", pieces));
        if (request.privateTorrent()) {
            info.put("private", 1);
        }
        if (source.folder()) {
            List<Map<String, Object>> files = new ArrayList<>();
            source.items().forEach(item -> files.add(Map.of("length", item.size(), "path", item.elements())));
            info.put("files", files);
        } else {
            info.put("length", source.totalBytes());
        }
        return info;
    }

    /** Old or new, never half: written beside the target, flushed, then moved over it. */
    private static void replace(Path target, byte[] content) throws IOException {
        Path part = target.resolveSibling("." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static MessageDigest platformSha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
