package org.sallyport.core.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentOptions;

/** What the user chose for each torrent, a row each; the torrent's own row need not be written again for it. */
final class OptionsTable {
    static final List<String> INTENT_STEP = List.of("ALTER TABLE torrent_options ADD COLUMN intent TEXT NOT NULL DEFAULT 'ANYTHING'");
    /** For a query that joins this table as {@code o}. */
    static final String COLUMNS = "o.skipped, o.low, o.high, o.sequential, o.first_last, o.down_limit, o.up_limit, o.goal_ratio, o.goal_minutes, "
            + "o.goal_idle_minutes, o.goal_then, o.super_seeding, o.forced, o.dht, o.exchange, o.labels, o.intent";
    private static final String SEPARATOR = "\n";

    private final PreparedStatement replace;

    OptionsTable(Connection connection) throws SQLException {
        replace = connection.prepareStatement("""
                INSERT OR REPLACE INTO torrent_options (skipped, low, high, sequential, first_last, down_limit, up_limit, goal_ratio, goal_minutes,
                       goal_idle_minutes, goal_then, super_seeding, forced, dht, exchange, labels, intent, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    }

    void replace(SavedTorrent torrent) throws SQLException {
        TorrentOptions options = torrent.options();
        replace.setBytes(1, files(options, FilePriority.SKIP));
        replace.setBytes(2, files(options, FilePriority.LOW));
        replace.setBytes(3, files(options, FilePriority.HIGH));
        replace.setBoolean(4, options.sequential());
        replace.setBoolean(5, options.firstAndLast());
        replace.setLong(6, options.downLimit());
        replace.setLong(7, options.upLimit());
        replace.setDouble(8, options.goal().ratio());
        replace.setInt(9, options.goal().minutes());
        replace.setInt(10, options.goal().idleMinutes());
        replace.setString(11, options.goal().then().name());
        replace.setBoolean(12, options.superSeeding());
        replace.setBoolean(13, options.forced());
        replace.setBoolean(14, options.dht());
        replace.setBoolean(15, options.exchange());
        replace.setString(16, String.join(SEPARATOR, new TreeSet<>(options.labels())));
        replace.setString(17, options.intent().name());
        replace.setString(18, torrent.hash().hex());
        replace.executeUpdate();
    }

    /** @param first number of the first of {@link #COLUMNS} in the row @throws IllegalArgumentException if they have lost their meaning */
    static TorrentOptions read(ResultSet row, int first) throws SQLException {
        Map<Integer, FilePriority> priorities = new HashMap<>();
        files(row.getBytes(first)).stream().forEach(file -> priorities.put(file, FilePriority.SKIP));
        files(row.getBytes(first + 1)).stream().forEach(file -> priorities.put(file, FilePriority.LOW));
        files(row.getBytes(first + 2)).stream().forEach(file -> priorities.put(file, FilePriority.HIGH));
        String then = row.getString(first + 10);
        String labels = row.getString(first + 15);
        String intent = row.getString(first + 16);
        if (then == null || labels == null || intent == null) {
            throw new IllegalArgumentException("its options are missing");
        }
        SeedGoal goal = new SeedGoal(row.getDouble(first + 7), row.getInt(first + 8), row.getInt(first + 9), SeedGoal.Then.valueOf(then));
        return new TorrentOptions(priorities, row.getBoolean(first + 3), row.getBoolean(first + 4), row.getLong(first + 5),
                row.getLong(first + 6), goal,
                row.getBoolean(first + 11), row.getBoolean(first + 12), row.getBoolean(first + 13), row.getBoolean(first + 14),
                labels.isEmpty() ? Set.of() : Set.of(labels.split(SEPARATOR)), Intent.valueOf(intent));
    }

    private static byte[] files(TorrentOptions options, FilePriority priority) {
        BitSet bits = new BitSet();
        options.priorities().forEach((file, its) -> bits.set(file, its == priority || bits.get(file)));
        return bits.toByteArray();
    }

    /** SQLite gives no array for an empty blob. */
    private static BitSet files(byte[] bits) {
        return bits == null ? new BitSet() : BitSet.valueOf(bits);
    }
}
