package org.sallyport.core.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;

/** The rows of one torrent: what it is, its metainfo, how far it has come. */
final class TorrentTable {
    private final PreparedStatement selectAll;
    private final PreparedStatement insertTorrent;
    private final PreparedStatement insertMetainfo;
    private final PreparedStatement insertProgress;
    private final PreparedStatement updateTorrent;
    private final PreparedStatement updateProgress;
    private final PreparedStatement delete;
    private final PreparedStatement distrust;

    TorrentTable(Connection connection) throws SQLException {
        selectAll = connection.prepareStatement("""
                SELECT t.hash, m.content, m.crc32, t.folder, t.root_name, t.existing, t.running, t.sequential, t.seed_ratio,
                       t.added_at, t.unwanted, t.released, p.verified, p.synced, p.downloaded_bytes, p.uploaded_bytes,
                       t.upload, t.trusted_only, t.devices, t.shared, t.note, t.expires
                FROM torrent t LEFT JOIN metainfo m USING (hash) LEFT JOIN progress p USING (hash) ORDER BY t.position""");
        insertTorrent = connection.prepareStatement("""
                INSERT INTO torrent (folder, root_name, existing, running, sequential, seed_ratio, added_at, unwanted, released,
                       upload, trusted_only, devices, shared, note, expires, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
        insertMetainfo = connection.prepareStatement("INSERT INTO metainfo (hash, content, crc32) VALUES (?, ?, ?)");
        insertProgress = connection.prepareStatement(
                "INSERT INTO progress (verified, synced, downloaded_bytes, uploaded_bytes, hash) VALUES (?, ?, ?, ?, ?)");
        updateTorrent = connection.prepareStatement("""
                UPDATE torrent SET folder = ?, root_name = ?, existing = ?, running = ?, sequential = ?, seed_ratio = ?,
                       added_at = ?, unwanted = ?, released = ?, upload = ?, trusted_only = ?, devices = ?, shared = ?, note = ?, expires = ?
                WHERE hash = ?""");
        updateProgress = connection.prepareStatement(
                "UPDATE progress SET verified = ?, synced = ?, downloaded_bytes = ?, uploaded_bytes = ? WHERE hash = ?");
        delete = connection.prepareStatement("DELETE FROM torrent WHERE hash = ?");
        distrust = connection.prepareStatement("UPDATE progress SET synced = x''");
    }

    /** All, in the order they were added. @throws DamagedException if a row has lost its meaning */
    List<SavedTorrent> all() throws SQLException, DamagedException {
        List<SavedTorrent> torrents = new ArrayList<>();
        try (ResultSet row = selectAll.executeQuery()) {
            while (row.next()) {
                torrents.add(read(row));
            }
        }
        return List.copyOf(torrents);
    }

    /** Reads every row once and keeps none. @throws DamagedException if one has lost its meaning */
    void check() throws SQLException, DamagedException {
        try (ResultSet row = selectAll.executeQuery()) {
            while (row.next()) {
                read(row);
            }
        }
    }

    void insert(SavedTorrent torrent) throws SQLException {
        bind(insertTorrent, torrent);
        insertTorrent.executeUpdate();
        byte[] metainfo = torrent.metainfo().toArray();
        insertMetainfo.setString(1, torrent.hash().hex());
        insertMetainfo.setBytes(2, metainfo);
        insertMetainfo.setLong(3, crc32(metainfo));
        insertMetainfo.executeUpdate();
        bind(insertProgress, torrent.progress());
        insertProgress.executeUpdate();
    }

    /** @return false if there is no such torrent */
    boolean update(SavedTorrent torrent) throws SQLException {
        bind(updateTorrent, torrent);
        boolean found = updateTorrent.executeUpdate() == 1;
        if (found) {
            saveProgress(torrent.progress());
        }
        return found;
    }

    void saveProgress(SavedProgress progress) throws SQLException {
        bind(updateProgress, progress);
        updateProgress.executeUpdate();
    }

    void remove(InfoHash hash) throws SQLException {
        delete.setString(1, hash.hex());
        delete.executeUpdate();
    }

    /** Nothing counts as synced any more, so the engine reads and checks it all again. */
    void distrustProgress() throws SQLException {
        distrust.executeUpdate();
    }

    private static void bind(PreparedStatement statement, SavedTorrent torrent) throws SQLException {
        statement.setString(1, torrent.folder());
        statement.setString(2, torrent.rootName());
        statement.setBoolean(3, torrent.existing());
        statement.setBoolean(4, torrent.running());
        statement.setBoolean(5, torrent.sequential());
        statement.setDouble(6, torrent.seedRatio());
        statement.setString(7, torrent.addedAt().toString());
        statement.setBytes(8, indexes(torrent.unwanted()));
        statement.setBytes(9, indexes(torrent.released()));
        Sharing sharing = torrent.sharing();
        statement.setString(10, sharing.upload().name());
        statement.setBoolean(11, sharing.trustedOnly());
        statement.setString(12, String.join(" ", new TreeSet<>(sharing.devices())));
        statement.setBoolean(13, sharing.shared());
        statement.setString(14, sharing.note());
        statement.setString(15, sharing.expires().equals(Instant.MAX) ? "" : sharing.expires().toString());
        statement.setString(16, torrent.hash().hex());
    }

    private static void bind(PreparedStatement statement, SavedProgress progress) throws SQLException {
        statement.setBytes(1, progress.verified().toArray());
        statement.setBytes(2, progress.synced().toArray());
        statement.setLong(3, progress.downloadedBytes());
        statement.setLong(4, progress.uploadedBytes());
        statement.setString(5, progress.hash().hex());
    }

    private static SavedTorrent read(ResultSet row) throws SQLException, DamagedException {
        String hex = row.getString(1);
        try {
            InfoHash hash = new InfoHash(hex);
            byte[] metainfo = blob(row, 2);
            if (crc32(metainfo) != row.getLong(3)) {
                throw new DamagedException("torrent " + hash.shortHex() + ": its metainfo has changed");
            }
            SavedProgress progress = new SavedProgress(hash, Bytes.copyOf(blob(row, 13)), Bytes.copyOf(blob(row, 14)), row.getLong(15), row.getLong(16));
            return new SavedTorrent(hash, Bytes.copyOf(metainfo), row.getString(4), row.getString(5),
                    row.getBoolean(6), row.getBoolean(7), row.getBoolean(8), row.getDouble(9), Instant.parse(row.getString(10)),
                    indexes(blob(row, 11)), indexes(blob(row, 12)), sharing(row), progress);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedException("torrent " + hex + ": its row cannot be read", e);
        }
    }

    private static Sharing sharing(ResultSet row) throws SQLException {
        String devices = row.getString(19);
        String expires = row.getString(22);
        return new Sharing(UploadPolicy.valueOf(row.getString(17)), row.getBoolean(18), devices.isEmpty() ? Set.of() : Set.of(devices.split(" ")),
                row.getBoolean(20), row.getString(21), expires.isEmpty() ? Instant.MAX : Instant.parse(expires));
    }

    /** SQLite gives no array for an empty blob, nor for the missing row of an outer join; only the second is damage. */
    private static byte[] blob(ResultSet row, int column) throws SQLException, DamagedException {
        byte[] content = row.getBytes(column);
        if (row.wasNull()) {
            throw new DamagedException("torrent " + row.getString(1) + ": a part of it is missing");
        }
        return content == null ? new byte[0] : content;
    }

    private static byte[] indexes(Set<Integer> set) {
        BitSet bits = new BitSet();
        set.forEach(bits::set);
        return bits.toByteArray();
    }

    private static Set<Integer> indexes(byte[] bits) {
        return BitSet.valueOf(bits).stream().boxed().collect(Collectors.toUnmodifiableSet());
    }

    private static long crc32(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }
}
