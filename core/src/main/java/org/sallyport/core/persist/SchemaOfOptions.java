package org.sallyport.core.persist;

import java.util.List;

/**
 * The step that gives what the user chose for a torrent a table of its own, and takes over what there was of it: files left
 * out, order and ratio. The queue begins in the order the torrents were added.
 */
final class SchemaOfOptions {
    static final List<String> STEP = List.of(
            """
            CREATE TABLE torrent_options (
              hash TEXT PRIMARY KEY REFERENCES torrent (hash) ON DELETE CASCADE,
              skipped BLOB NOT NULL,
              low BLOB NOT NULL,
              high BLOB NOT NULL,
              sequential INTEGER NOT NULL,
              first_last INTEGER NOT NULL,
              down_limit INTEGER NOT NULL,
              up_limit INTEGER NOT NULL,
              goal_ratio REAL NOT NULL,
              goal_minutes INTEGER NOT NULL,
              goal_idle_minutes INTEGER NOT NULL,
              goal_then TEXT NOT NULL,
              super_seeding INTEGER NOT NULL,
              forced INTEGER NOT NULL,
              dht INTEGER NOT NULL,
              exchange INTEGER NOT NULL,
              labels TEXT NOT NULL
            ) STRICT""",
            """
            INSERT INTO torrent_options
              SELECT hash, unwanted, x'', x'', sequential, 0, 0, 0, seed_ratio, -1, -1, 'STOP', 0, 0, 1, 1, '' FROM torrent""",
            "ALTER TABLE torrent DROP COLUMN sequential",
            "ALTER TABLE torrent DROP COLUMN seed_ratio",
            "ALTER TABLE torrent DROP COLUMN unwanted",
            "ALTER TABLE torrent ADD COLUMN queue INTEGER NOT NULL DEFAULT 0",
            "UPDATE torrent SET queue = position",
            """
            CREATE TABLE seed_time (
              hash TEXT PRIMARY KEY REFERENCES torrent (hash) ON DELETE CASCADE,
              offered_seconds INTEGER NOT NULL,
              idle_seconds INTEGER NOT NULL
            ) STRICT""");

    private SchemaOfOptions() { }
}
