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
import java.util.Optional;
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
    /** The place of one that is added; by the index, for a list may be long. */
    static final String NEXT_IN_QUEUE = "(SELECT COALESCE(MAX(queue), 0) + 1 FROM torrent)";
    private final PreparedStatement selectAll;
    private final PreparedStatement insertTorrent;
    private final PreparedStatement insertMetainfo;
    private final PreparedStatement insertProgress;
    private final PreparedStatement updateTorrent;
    private final PreparedStatement updateProgress;
    private final PreparedStatement replaceSeedTime;
    private final PreparedStatement selectQueue;
    private final PreparedStatement updateQueue;
    private final OptionsTable options;
    private final PreparedStatement delete;
    private final PreparedStatement distrust;
    /** What {@link #check} read, for who asks next; gone with the first change. */
    private Optional<List<SavedTorrent>> checked = Optional.empty();

    TorrentTable(Connection connection) throws SQLException {
        selectAll = connection.prepareStatement("""
                SELECT t.hash, m.content, m.crc32, t.folder, t.root_name, t.existing, t.running,
                       t.added_at, t.released, p.verified, p.synced, p.downloaded_bytes, p.uploaded_bytes,
                       t.upload, t.trusted_only, t.devices, t.shared, t.note, t.expires,
                       s.offered_seconds, s.idle_seconds,\s""" + OptionsTable.COLUMNS + """

                FROM torrent t LEFT JOIN metainfo m USING (hash) LEFT JOIN progress p USING (hash) LEFT JOIN seed_time s USING (hash)
                LEFT JOIN torrent_options o USING (hash) ORDER BY t.position""");
        insertTorrent = connection.prepareStatement("""
                INSERT INTO torrent (folder, root_name, existing, running, added_at, released,
                       upload, trusted_only, devices, shared, note, expires, hash, queue)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,\s""" + NEXT_IN_QUEUE + ")");
        insertMetainfo = connection.prepareStatement("INSERT INTO metainfo (hash, content, crc32) VALUES (?, ?, ?)");
        insertProgress = connection.prepareStatement(
                "INSERT INTO progress (verified, synced, downloaded_bytes, uploaded_bytes, hash) VALUES (?, ?, ?, ?, ?)");
        updateTorrent = connection.prepareStatement("""
                UPDATE torrent SET folder = ?, root_name = ?, existing = ?, running = ?,
                       added_at = ?, released = ?, upload = ?, trusted_only = ?, devices = ?, shared = ?, note = ?, expires = ?
                WHERE hash = ?""");
        updateProgress = connection.prepareStatement(
                "UPDATE progress SET verified = ?, synced = ?, downloaded_bytes = ?, uploaded_bytes = ? WHERE hash = ?");
        replaceSeedTime = connection.prepareStatement("""
                INSERT OR REPLACE INTO seed_time (hash, offered_seconds, idle_seconds) SELECT hash, ?, ? FROM torrent WHERE hash = ?""");
        selectQueue = connection.prepareStatement("SELECT hash FROM torrent ORDER BY queue, position");
        updateQueue = connection.prepareStatement("UPDATE torrent SET queue = ? WHERE hash = ? AND queue <> ?");
        options = new OptionsTable(connection);
        delete = connection.prepareStatement("DELETE FROM torrent WHERE hash = ?");
        distrust = connection.prepareStatement("UPDATE progress SET synced = x''");
    }

    /** All, in the order they were added. @throws DamagedException if a row has lost its meaning */
    List<SavedTorrent> all() throws SQLException, DamagedException {
        Optional<List<SavedTorrent>> known = checked;
        checked = Optional.empty();
        return known.isPresent() ? known.get() : readAll();
    }

    private List<SavedTorrent> readAll() throws SQLException, DamagedException {
        List<SavedTorrent> torrents = new ArrayList<>();
        try (ResultSet row = selectAll.executeQuery()) {
            while (row.next()) {
                torrents.add(read(row));
            }
        }
        return List.copyOf(torrents);
    }

    /** Reads every row; {@link #all} need not read them again, for a program that starts waits for both. @throws DamagedException as there */
    void check() throws SQLException, DamagedException {
        checked = Optional.of(readAll());
    }

    void insert(SavedTorrent torrent) throws SQLException {
        checked = Optional.empty();
        bind(insertTorrent, torrent);
        insertTorrent.executeUpdate();
        byte[] metainfo = torrent.metainfo().toArray();
        insertMetainfo.setString(1, torrent.hash().hex());
        insertMetainfo.setBytes(2, metainfo);
        insertMetainfo.setLong(3, crc32(metainfo));
        insertMetainfo.executeUpdate();
        bind(insertProgress, torrent.progress());
        insertProgress.executeUpdate();
        options.replace(torrent);
        saveSeedTime(torrent.hash(), torrent.seedTime());
    }

    /** @return false if there is no such torrent */
    boolean update(SavedTorrent torrent) throws SQLException {
        checked = Optional.empty();
        bind(updateTorrent, torrent);
        boolean found = updateTorrent.executeUpdate() == 1;
        if (found) {
            saveProgress(torrent.progress());
            options.replace(torrent);
            saveSeedTime(torrent.hash(), torrent.seedTime());
        }
        return found;
    }

    void saveProgress(SavedProgress progress) throws SQLException {
        checked = Optional.empty();
        bind(updateProgress, progress);
        updateProgress.executeUpdate();
    }

    /** Nothing happens if there is no such torrent. */
    void saveSeedTime(InfoHash hash, SeedTime time) throws SQLException {
        checked = Optional.empty();
        replaceSeedTime.setLong(1, time.offeredSeconds());
        replaceSeedTime.setLong(2, time.idleSeconds());
        replaceSeedTime.setString(3, hash.hex());
        replaceSeedTime.executeUpdate();
    }

    /** All, first in the queue first. */
    List<InfoHash> queue() throws SQLException {
        List<InfoHash> queue = new ArrayList<>();
        try (ResultSet row = selectQueue.executeQuery()) {
            while (row.next()) {
                queue.add(new InfoHash(row.getString(1)));
            }
        }
        return List.copyOf(queue);
    }

    /** Those that are not named keep their number. */
    void saveQueue(List<InfoHash> queue) throws SQLException {
        for (int i = 0; i < queue.size(); i++) {
            updateQueue.setInt(1, i + 1);
            updateQueue.setString(2, queue.get(i).hex());
            updateQueue.setInt(3, i + 1);
            updateQueue.executeUpdate();
        }
    }

    void remove(InfoHash hash) throws SQLException {
        checked = Optional.empty();
        delete.setString(1, hash.hex());
        delete.executeUpdate();
    }

    /** Nothing counts as synced any more, so the engine reads and checks it all again. */
    void distrustProgress() throws SQLException {
        checked = Optional.empty();
        distrust.executeUpdate();
    }

    private static void bind(PreparedStatement statement, SavedTorrent torrent) throws SQLException {
        statement.setString(1, torrent.folder());
        statement.setString(2, torrent.rootName());
        statement.setBoolean(3, torrent.existing());
        statement.setBoolean(4, torrent.running());
        statement.setString(5, torrent.addedAt().toString());
        statement.setBytes(6, indexes(torrent.released()));
        Sharing sharing = torrent.sharing();
        statement.setString(7, sharing.upload().name());
        statement.setBoolean(8, sharing.trustedOnly());
        statement.setString(9, String.join(" ", new TreeSet<>(sharing.devices())));
        statement.setBoolean(10, sharing.shared());
        statement.setString(11, sharing.note());
        statement.setString(12, sharing.expires().equals(Instant.MAX) ? "" : sharing.expires().toString());
        statement.setString(13, torrent.hash().hex());
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
            SavedProgress progress = new SavedProgress(hash, Bytes.copyOf(blob(row, 10)), Bytes.copyOf(blob(row, 11)), row.getLong(12),
                    row.getLong(13));
            return new SavedTorrent(hash, Bytes.copyOf(metainfo), row.getString(4), row.getString(5),
                    row.getBoolean(6), row.getBoolean(7), Instant.parse(row.getString(8)), indexes(blob(row, 9)),
                    OptionsTable.read(row, 22), sharing(row), progress, new SeedTime(row.getLong(20), row.getLong(21)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedException("torrent " + DamagedException.nameOf(hex) + ": its row cannot be read", e);
        }
    }

    private static Sharing sharing(ResultSet row) throws SQLException {
        String devices = row.getString(16);
        String expires = row.getString(19);
        return new Sharing(UploadPolicy.valueOf(row.getString(14)), row.getBoolean(15), devices.isEmpty() ? Set.of() : Set.of(devices.split(" ")),
                row.getBoolean(17), row.getString(18), expires.isEmpty() ? Instant.MAX : Instant.parse(expires));
    }

    /** SQLite gives no array for an empty blob, nor for the missing row of an outer join; only the second is damage. */
    private static byte[] blob(ResultSet row, int column) throws SQLException, DamagedException {
        byte[] content = row.getBytes(column);
        if (row.wasNull()) {
            throw new DamagedException("torrent " + DamagedException.nameOf(row.getString(1)) + ": a part of it is missing");
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
