package org.sallyport.core.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sallyport.core.model.InfoHash;

/** What the user made different of each torrent, a row for those that have something. */
final class EditsTable {
    static final List<String> STEP = List.of("""
            CREATE TABLE torrent_edits (
              hash TEXT PRIMARY KEY REFERENCES torrent (hash) ON DELETE CASCADE,
              name TEXT NOT NULL,
              renamed TEXT NOT NULL,
              own_trackers INTEGER NOT NULL,
              trackers TEXT NOT NULL,
              move_phase TEXT NOT NULL,
              move_from TEXT NOT NULL,
              move_to TEXT NOT NULL
            ) STRICT""");

    // neither is in a path of a torrent or in a URL that is kept
    private static final String LINE = "\n";
    private static final String TAB = "\t";

    private final PreparedStatement selectAll;
    private final PreparedStatement replace;

    EditsTable(Connection connection) throws SQLException {
        selectAll = connection.prepareStatement(
                "SELECT hash, name, renamed, own_trackers, trackers, move_phase, move_from, move_to FROM torrent_edits");
        replace = connection.prepareStatement("""
                INSERT OR REPLACE INTO torrent_edits (name, renamed, own_trackers, trackers, move_phase, move_from, move_to, hash)
                SELECT ?, ?, ?, ?, ?, ?, ?, hash FROM torrent WHERE hash = ?""");
    }

    /** @throws DamagedException if a row has lost its meaning */
    Map<InfoHash, SavedEdits> all() throws SQLException, DamagedException {
        Map<InfoHash, SavedEdits> all = new HashMap<>();
        try (ResultSet row = selectAll.executeQuery()) {
            while (row.next()) {
                try {
                    all.put(new InfoHash(row.getString(1)), read(row));
                } catch (IllegalArgumentException e) {
                    throw new DamagedException("torrent " + DamagedException.nameOf(row.getString(1)) + ": what was changed of it cannot be read", e);
                }
            }
        }
        return Map.copyOf(all);
    }

    private static SavedEdits read(ResultSet row) throws SQLException {
        Map<String, String> renamed = new HashMap<>();
        for (String line : lines(row.getString(3))) {
            String[] pair = line.split(TAB, -1);
            if (pair.length != 2) {
                throw new IllegalArgumentException("a renamed path");
            }
            renamed.put(pair[0], pair[1]);
        }
        List<List<String>> tiers = new ArrayList<>();
        lines(row.getString(5)).forEach(line -> tiers.add(List.of(line.split(TAB))));
        SavedMove move = new SavedMove(SavedMove.Phase.valueOf(row.getString(6)), row.getString(7), row.getString(8));
        return new SavedEdits(row.getString(2), renamed, row.getBoolean(4), tiers, move);
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(LINE));
    }

    /** Nothing happens if there is no such torrent. */
    void replace(InfoHash hash, SavedEdits edits) throws SQLException {
        replace.setString(1, edits.name());
        replace.setString(2, new TreeMap<>(edits.renamed()).entrySet().stream().map(e -> e.getKey() + TAB + e.getValue())
                .collect(Collectors.joining(LINE)));
        replace.setBoolean(3, edits.ownTrackers());
        replace.setString(4, edits.trackers().stream().filter(tier -> !tier.isEmpty()).map(tier -> String.join(TAB, tier))
                .collect(Collectors.joining(LINE)));
        replace.setString(5, edits.move().phase().name());
        replace.setString(6, edits.move().from());
        replace.setString(7, edits.move().to());
        replace.setString(8, hash.hex());
        replace.executeUpdate();
    }
}
