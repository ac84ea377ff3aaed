package org.sallyport.core.persist;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, version by version. A released version is never edited: a change is a new step at the end. */
final class Schema {
    /**
     * Step n leads from version n to n + 1 ({@code PRAGMA user_version}). The metainfo has a table of its own because
     * SQLite writes a changed row again with all its pages, and progress is written every second.
     */
    private static final List<List<String>> STEPS = List.of(List.of(
            """
            CREATE TABLE torrent (
              position INTEGER PRIMARY KEY,
              hash TEXT NOT NULL UNIQUE,
              folder TEXT NOT NULL,
              root_name TEXT NOT NULL,
              existing INTEGER NOT NULL,
              running INTEGER NOT NULL,
              sequential INTEGER NOT NULL,
              seed_ratio REAL NOT NULL,
              added_at TEXT NOT NULL,
              unwanted BLOB NOT NULL,
              released BLOB NOT NULL
            ) STRICT""",
            """
            CREATE TABLE metainfo (
              hash TEXT PRIMARY KEY REFERENCES torrent (hash) ON DELETE CASCADE,
              content BLOB NOT NULL,
              crc32 INTEGER NOT NULL
            ) STRICT""",
            """
            CREATE TABLE progress (
              hash TEXT PRIMARY KEY REFERENCES torrent (hash) ON DELETE CASCADE,
              verified BLOB NOT NULL,
              synced BLOB NOT NULL,
              downloaded_bytes INTEGER NOT NULL,
              uploaded_bytes INTEGER NOT NULL
            ) STRICT""",
            """
            CREATE TABLE event (
              seq INTEGER PRIMARY KEY,
              at TEXT NOT NULL,
              severity TEXT NOT NULL,
              id TEXT NOT NULL,
              sentence TEXT NOT NULL,
              facts TEXT NOT NULL
            ) STRICT""",
            "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT"),
            List.of("""
            CREATE TABLE device (
              position INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              public_key BLOB NOT NULL,
              sealed_key BLOB NOT NULL,
              name TEXT NOT NULL,
              addresses TEXT NOT NULL,
              added_at TEXT NOT NULL,
              last_seen TEXT NOT NULL
            ) STRICT"""),
            List.of(
            "ALTER TABLE torrent ADD COLUMN upload TEXT NOT NULL DEFAULT 'NORMAL'",
            "ALTER TABLE torrent ADD COLUMN trusted_only INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE torrent ADD COLUMN devices TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE torrent ADD COLUMN shared INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE torrent ADD COLUMN note TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE torrent ADD COLUMN expires TEXT NOT NULL DEFAULT ''",
            """
            CREATE TABLE allowed_folder (
              path TEXT PRIMARY KEY,
              added_at TEXT NOT NULL
            ) STRICT"""),
            SchemaOfOptions.STEP,
            List.of("""
            CREATE TABLE magnet (
              position INTEGER PRIMARY KEY,
              hash TEXT NOT NULL UNIQUE,
              link TEXT NOT NULL,
              running INTEGER NOT NULL,
              added_at TEXT NOT NULL,
              request TEXT NOT NULL
            ) STRICT"""),
            EditsTable.STEP,
            TrafficTable.STEP,
            OptionsTable.INTENT_STEP,
            VerdictTable.STEP,
            List.of("CREATE INDEX torrent_queue ON torrent (queue)"));

    static final int VERSION = STEPS.size();

    private Schema() { }

    /** Brings the tables to {@link #VERSION}. Runs inside the caller's write transaction: all steps or none. */
    static void migrate(Connection connection) throws SQLException, PersistException {
        try (Statement statement = connection.createStatement()) {
            int version = version(statement);
            if (version > VERSION) {
                throw new PersistException("The saved state was written by a newer Sallyport (format " + version
                        + ", this one knows " + VERSION + "). Install the newer version again, or start with another data folder.");
            }
            for (List<String> step : STEPS.subList(version, VERSION)) {
                for (String sql : step) {
                    statement.execute(sql);
                }
            }
            if (version < VERSION) {
                statement.execute("PRAGMA user_version = " + VERSION);
            }
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
