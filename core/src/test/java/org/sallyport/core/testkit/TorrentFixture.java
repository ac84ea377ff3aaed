package org.sallyport.core.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.sallyport.core.metainfo.AuthorRequest;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeLimits;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.metainfo.TorrentAuthor;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.RefusedException;

/**
 * A torrent of random bytes with its .torrent file and its data on disk.
 *
 * @param file   the .torrent
 * @param home   the folder in which the data lies under the torrent's name
 */
public record TorrentFixture(Path file, Path home, Metainfo metainfo) {

    /** One file of that many bytes, called {@code name}. */
    public static TorrentFixture single(Path home, String name, int pieceLength, int bytes, String... trackers) {
        try {
            Files.createDirectories(home);
            Files.write(home.resolve(name), random(name.hashCode(), bytes));
            return author(home, name, pieceLength, trackers);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A folder {@code name} with {@code file0000}, {@code file0001} and so on of these sizes. */
    public static TorrentFixture folder(Path home, String name, int pieceLength, int... sizes) {
        try {
            Path folder = Files.createDirectories(home.resolve(name));
            for (int i = 0; i < sizes.length; i++) {
                Files.write(folder.resolve(String.format("file%04d", i)), random(i, sizes[i]));
            }
            return author(home, name, pieceLength);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A folder {@code name} with files of 20,000 bytes called so by the torrent, whatever that is; on disk they have their safe names. */
    public static TorrentFixture named(Path home, String name, String... files) {
        byte[] content = random(name.hashCode(), 20_000 * files.length);
        List<Object> entries = new ArrayList<>();
        for (String file : files) {
            entries.add(Map.of("length", 20_000L, "path", List.of((Object[]) file.split("/"))));
        }
        try {
            Map<String, Object> info = Map.of("name", name, "piece length", 16_384L, "files", entries, "pieces", hashes(content, 16_384));
            Path torrent = Files.createDirectories(home).resolve(name + ".torrent");
            Files.write(torrent, Bencode.encode(Map.of("info", info)));
            Metainfo metainfo = MetainfoReader.read(torrent);
            for (FileEntry file : metainfo.files()) {
                Path place = home.resolve(file.path());
                Files.createDirectories(place.getParent());
                Files.write(place, Arrays.copyOfRange(content, (int) file.offset(), (int) (file.offset() + file.size())));
            }
            return new TorrentFixture(torrent, home, metainfo);
        } catch (IOException | RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hashes(byte[] content, int pieceLength) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += pieceLength) {
            hashes.writeBytes(SampleTorrent.sha1(Arrays.copyOfRange(content, at, Math.min(content.length, at + pieceLength))));
        }
        return hashes.toByteArray();
    }

    /** Of what lies there under {@code name}. */
    public static TorrentFixture of(Path home, String name, int pieceLength) {
        try {
            return author(home, name, pieceLength);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] random(int seed, int bytes) {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static TorrentFixture author(Path home, String name, int pieceLength, String... trackers) throws IOException {
        Path file = home.resolve(name + ".torrent");
        AuthorRequest request = AuthorRequest.of(home.resolve(name), file).withPieceLength(pieceLength)
                .withTiers(Arrays.stream(trackers).map(List::of).toList());
        try {
            return new TorrentFixture(file, home, TorrentAuthor.write(request, done -> { }, () -> false));
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    /** The same torrent with web servers. @param key {@code url-list} (BEP 19) or {@code httpseeds} (BEP 17) */
    public TorrentFixture withWebSeeds(String key, String... urls) {
        try {
            Map<String, Object> torrent = new TreeMap<>();
            torrent.put("info", Bencode.decodeDict(metainfo.infoBytes(), BencodeLimits.TORRENT));
            torrent.put(key, List.of(urls));
            Path other = file.resolveSibling(key + "-" + file.getFileName());
            Files.write(other, Bencode.encode(torrent));
            return new TorrentFixture(other, home, MetainfoReader.read(other));
        } catch (IOException | RefusedException e) {
            throw new AssertionError(e);
        }
    }

    public InfoHash hash() {
        return metainfo.hash();
    }

    /** The data: a file or a folder. */
    public Path data() {
        return home.resolve(metainfo.name());
    }

    /** All bytes, file after file, as pieces are cut from them. */
    public byte[] content() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (FileEntry entry : metainfo.files()) {
            try {
                all.writeBytes(Files.readAllBytes(home.resolve(entry.path())));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return all.toByteArray();
    }

    /** Files below {@code folder} that differ from the data or are not there; empty when it arrived whole. */
    public List<String> differencesTo(Path folder) {
        List<String> differences = new ArrayList<>();
        for (FileEntry entry : metainfo.files()) {
            try {
                Path there = folder.resolve(entry.path());
                if (!Files.exists(there) || Files.mismatch(home.resolve(entry.path()), there) >= 0) {
                    differences.add(entry.path());
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return differences;
    }
}
