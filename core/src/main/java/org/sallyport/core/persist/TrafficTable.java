package org.sallyport.core.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Bytes by day. */
final class TrafficTable {
    /** Leads to the version of the tables that has this one. */
    static final List<String> STEP = List.of("""
            CREATE TABLE traffic (
              day TEXT PRIMARY KEY,
              received INTEGER NOT NULL,
              sent INTEGER NOT NULL
            ) STRICT""");
    /** A year and a month. */
    private static final int MOST_DAYS = 400;

    private final PreparedStatement select;
    private final PreparedStatement put;
    private final PreparedStatement trim;

    TrafficTable(Connection connection) throws SQLException {
        select = connection.prepareStatement("SELECT day, received, sent FROM traffic ORDER BY day");
        put = connection.prepareStatement("INSERT INTO traffic (day, received, sent) VALUES (?, ?, ?) "
                + "ON CONFLICT (day) DO UPDATE SET received = excluded.received, sent = excluded.sent");
        trim = connection.prepareStatement("DELETE FROM traffic WHERE day NOT IN (SELECT day FROM traffic ORDER BY day DESC LIMIT " + MOST_DAYS + ") "
                + "AND day <> ?"); // a clock that is years behind must not lose what it counts
    }

    List<SavedTraffic> all() throws SQLException, DamagedException {
        List<SavedTraffic> days = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                days.add(new SavedTraffic(LocalDate.parse(row.getString(1)), row.getLong(2), row.getLong(3)));
            }
        } catch (DateTimeException e) {
            throw new DamagedException("a day of the data use cannot be read", e);
        }
        return List.copyOf(days);
    }

    void put(SavedTraffic day) throws SQLException {
        put.setString(1, day.day().toString());
        put.setLong(2, day.received());
        put.setLong(3, day.sent());
        put.executeUpdate();
        trim.setString(1, day.day().toString());
        trim.executeUpdate();
    }
}
