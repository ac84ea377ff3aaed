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

/** Magnet links whose torrent is not known yet. */
final class MagnetTable {
    private final PreparedStatement selectAll;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement delete;

    MagnetTable(Connection connection) throws SQLException {
        selectAll = connection.prepareStatement("SELECT hash, link, running, added_at, request FROM magnet ORDER BY position");
        insert = connection.prepareStatement("INSERT INTO magnet (hash, link, running, added_at, request) VALUES (?, ?, ?, ?, ?)");
        update = connection.prepareStatement("UPDATE magnet SET running = ?, request = ? WHERE hash = ?");
        delete = connection.prepareStatement("DELETE FROM magnet WHERE hash = ?");
    }

    /** In the order they were added. @throws DamagedException if a row has lost its meaning */
    List<SavedMagnet> all() throws SQLException, DamagedException {
        List<SavedMagnet> magnets = new ArrayList<>();
        try (ResultSet row = selectAll.executeQuery()) {
            while (row.next()) {
                magnets.add(read(row));
            }
        }
        return List.copyOf(magnets);
    }

    private static SavedMagnet read(ResultSet row) throws SQLException, DamagedException {
        try {
            return new SavedMagnet(new InfoHash(row.getString(1)), row.getString(2), row.getBoolean(3), Instant.parse(row.getString(4)),
                    FactText.read(row.getString(5)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedException("magnet " + DamagedException.nameOf(row.getString(1)) + ": its row cannot be read", e);
        }
    }

    void insert(SavedMagnet magnet) throws SQLException {
        insert.setString(1, magnet.hash().hex());
        insert.setString(2, magnet.link());
        insert.setBoolean(3, magnet.running());
        insert.setString(4, magnet.addedAt().toString());
        insert.setString(5, FactText.write(magnet.request()));
        insert.executeUpdate();
    }

    void update(SavedMagnet magnet) throws SQLException {
        update.setBoolean(1, magnet.running());
        update.setString(2, FactText.write(magnet.request()));
        update.setString(3, magnet.hash().hex());
        update.executeUpdate();
    }

    void remove(InfoHash hash) throws SQLException {
        delete.setString(1, hash.hex());
        delete.executeUpdate();
    }
}
