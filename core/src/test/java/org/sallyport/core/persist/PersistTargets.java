package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.sallyport.core.testkit.FuzzTarget;

/** The rows from which a run begins, as a damaged disk or another program may leave them. */
public final class PersistTargets {
    private static final Map<String, String> KEYS = Map.of("torrent", "position", "metainfo", "hash", "progress", "hash", "torrent_options", "hash",
            "seed_time", "hash");

    private PersistTargets() { }

    public static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of("resume-rows", PersistTargets::rows, "\u0000\u0000", "\u0004\u0007NaN", "\u0008\u00012026-11-20T10:15:30Z",
                        "\u000b\u0000\u00ff\u00ff"), FuzzTarget.of("facts", PersistTargets::facts, "key=value\nother=with \\e and \\\\\n",
                        "a=\\n\n"));
    }

    private static void facts(byte[] bytes) {
        try {
            Map<String, String> facts = FactText.read(new String(bytes, StandardCharsets.UTF_8));
            assertThat(FactText.read(FactText.write(facts))).isEqualTo(facts);
        } catch (IllegalArgumentException declared) {
            assertThat(declared).hasMessageStartingWith("facts: ");
        }
    }

    /** The first byte chooses a column, the second a type, the rest is what comes to stand there. */
    private static void rows(byte[] bytes) throws Exception {
        Store store = Store.OPEN.get();
        store.reset();
        try {
            store.put(bytes);
        } catch (SQLException strict) {
            return; // the database itself holds columns to their type
        }
        try {
            List<SavedTorrent> torrents = store.table.all();
            assertThat(torrents).hasSizeLessThanOrEqualTo(1);
        } catch (DamagedException declared) {
            assertThat(declared.getMessage()).isNotBlank().hasSizeLessThan(300);
        }
    }

    /** One torrent in a database in memory, a thread each. */
    private static final class Store {
        static final ThreadLocal<Store> OPEN = ThreadLocal.withInitial(Store::new);
        final Connection connection;
        final TorrentTable table;
        final List<String> updates = new ArrayList<>();

        Store() {
            try {
                connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Schema.migrate(connection);
                table = new TorrentTable(connection);
                for (String name : KEYS.keySet().stream().sorted().toList()) {
                    columnsOf(name).stream().filter(column -> !column.equals(KEYS.get(name)))
                            .forEach(column -> updates.add("UPDATE " + name + " SET " + column + " = "));
                }
            } catch (SQLException | PersistException e) {
                throw new AssertionError(e);
            }
        }

        private List<String> columnsOf(String name) throws SQLException {
            List<String> columns = new ArrayList<>();
            try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("PRAGMA table_info(" + name + ")")) {
                while (row.next()) {
                    columns.add(row.getString("name"));
                }
            }
            return columns;
        }

        void reset() throws SQLException {
            try (Statement statement = connection.createStatement()) {
                for (String name : KEYS.keySet()) {
                    statement.execute("DELETE FROM " + name);
                }
            }
            table.insert(Samples.torrent(1));
        }

        void put(byte[] bytes) throws SQLException {
            int column = bytes.length > 0 ? bytes[0] & 0xff : 0;
            int type = bytes.length > 1 ? bytes[1] & 3 : 0;
            byte[] rest = Arrays.copyOfRange(bytes, Math.min(2, bytes.length), bytes.length);
            try (PreparedStatement update = connection.prepareStatement(updates.get(column % updates.size()) + "?")) {
                switch (type) {
                    case 0 -> update.setString(1, new String(rest, StandardCharsets.UTF_8));
                    case 1 -> update.setLong(1, Arrays.hashCode(rest) * 0x1_0000_0001L);
                    case 2 -> update.setDouble(1, Arrays.hashCode(rest) * 1e300);
                    default -> update.setBytes(1, rest);
                }
                update.executeUpdate();
            }
        }
    }
}
