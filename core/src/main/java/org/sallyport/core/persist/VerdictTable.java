package org.sallyport.core.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Verdict;

/** What was found out about files of torrents, a row for each that was looked at. */
final class VerdictTable {
    /** Leads to the version of the tables that has this one. */
    static final List<String> STEP = List.of("""
            CREATE TABLE verdict (
              hash TEXT NOT NULL REFERENCES torrent (hash) ON DELETE CASCADE,
              file INTEGER NOT NULL,
              kind TEXT NOT NULL,
              reason TEXT NOT NULL,
              sha256 TEXT NOT NULL,
              at TEXT NOT NULL,
              engine TEXT NOT NULL,
              definitions TEXT NOT NULL,
              retry INTEGER NOT NULL,
              fate TEXT NOT NULL,
              PRIMARY KEY (hash, file)
            ) STRICT""");

    private final PreparedStatement selectAll;
    private final PreparedStatement replace;
    private final PreparedStatement delete;

    VerdictTable(Connection connection) throws SQLException {
        selectAll = connection.prepareStatement(
                "SELECT hash, file, kind, reason, sha256, at, engine, definitions, retry, fate FROM verdict ORDER BY hash, file");
        replace = connection.prepareStatement("""
                INSERT OR REPLACE INTO verdict (file, kind, reason, sha256, at, engine, definitions, retry, fate, hash)
                SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, hash FROM torrent WHERE hash = ?""");
        delete = connection.prepareStatement("DELETE FROM verdict WHERE hash = ? AND file = ?");
    }

    /** @throws DamagedException if a row has lost its meaning */
    List<SavedVerdict> all() throws SQLException, DamagedException {
        List<SavedVerdict> all = new ArrayList<>();
        try (ResultSet row = selectAll.executeQuery()) {
            while (row.next()) {
                try {
                    all.add(new SavedVerdict(new InfoHash(row.getString(1)), row.getInt(2),
                            new Verdict(Verdict.Kind.valueOf(row.getString(3)), row.getString(4)), row.getString(5), Instant.parse(row.getString(6)),
                            row.getString(7), Instant.parse(row.getString(8)), row.getBoolean(9), SavedVerdict.Fate.valueOf(row.getString(10))));
                } catch (IllegalArgumentException | DateTimeException e) {
                    throw new DamagedException("torrent " + row.getString(1) + ": the verdict on a file cannot be read", e);
                }
            }
        }
        return List.copyOf(all);
    }

    /** Nothing happens if there is no such torrent. */
    void put(SavedVerdict saved) throws SQLException {
        replace.setInt(1, saved.file());
        replace.setString(2, saved.verdict().kind().name());
        replace.setString(3, saved.verdict().reason());
        replace.setString(4, saved.sha256());
        replace.setString(5, saved.at().toString());
        replace.setString(6, saved.engine());
        replace.setString(7, saved.definitions().toString());
        replace.setBoolean(8, saved.retry());
        replace.setString(9, saved.fate().name());
        replace.setString(10, saved.hash().hex());
        replace.executeUpdate();
    }

    void remove(InfoHash hash, int file) throws SQLException {
        delete.setString(1, hash.hex());
        delete.setInt(2, file);
        delete.executeUpdate();
    }
}
