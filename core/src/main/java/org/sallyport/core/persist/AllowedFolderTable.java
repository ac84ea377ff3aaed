package org.sallyport.core.persist;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.core.model.AllowedFolder;

/** The folders from which the user may share, in the order they were allowed. */
final class AllowedFolderTable {
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    AllowedFolderTable(Connection connection) throws SQLException {
        select = connection.prepareStatement("SELECT path, added_at FROM allowed_folder ORDER BY added_at, path");
        insert = connection.prepareStatement("INSERT INTO allowed_folder (path, added_at) VALUES (?, ?) ON CONFLICT (path) DO NOTHING");
        delete = connection.prepareStatement("DELETE FROM allowed_folder WHERE path = ?");
    }

    List<AllowedFolder> all() throws SQLException, DamagedException {
        List<AllowedFolder> folders = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                folders.add(new AllowedFolder(Path.of(row.getString(1)), Instant.parse(row.getString(2)), ""));
            }
        } catch (InvalidPathException | DateTimeException e) {
            throw new DamagedException("an entry of the list of allowed folders cannot be read", e);
        }
        return List.copyOf(folders);
    }

    void insert(Path path, Instant at) throws SQLException {
        insert.setString(1, path.toString());
        insert.setString(2, at.toString());
        insert.executeUpdate();
    }

    boolean delete(Path path) throws SQLException {
        delete.setString(1, path.toString());
        return delete.executeUpdate() > 0;
    }
}
