package org.sallyport.core.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Small texts by key. */
final class MetaTable {
    private final PreparedStatement select;
    private final PreparedStatement put;

    MetaTable(Connection connection) throws SQLException {
        select = connection.prepareStatement("SELECT value FROM meta WHERE key = ?");
        put = connection.prepareStatement("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    }

    /** Empty when there is none. */
    String get(String key) throws SQLException {
        select.setString(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getString(1) : "";
        }
    }

    void put(String key, String value) throws SQLException {
        put.setString(1, key);
        put.setString(2, value);
        put.executeUpdate();
    }
}
