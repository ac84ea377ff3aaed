package org.sallyport.core.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sallyport.core.model.Event;

/** The event log: numbered without gaps, the oldest dropped when there are more than {@link #KEPT}. */
final class EventTable {
    static final int KEPT = 100_000;

    private final PreparedStatement insert;
    private final PreparedStatement trim;
    private final PreparedStatement select;
    private final PreparedStatement last;

    EventTable(Connection connection) throws SQLException {
        insert = connection.prepareStatement("INSERT INTO event (seq, at, severity, id, sentence, facts) VALUES (?, ?, ?, ?, ?, ?)");
        trim = connection.prepareStatement("DELETE FROM event WHERE seq <= ?");
        select = connection.prepareStatement("SELECT seq, at, severity, id, sentence, facts FROM event WHERE seq > ? ORDER BY seq LIMIT ?");
        last = connection.prepareStatement("SELECT max(seq) FROM event");
    }

    /** @return the number of the last event kept, 0 when there is none */
    long lastSeq() throws SQLException {
        try (ResultSet row = last.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Numbers the events with seq 0; the others must go on where the log ends. @return the new last number */
    long append(List<Event> events) throws SQLException {
        long seq = lastSeq();
        for (Event event : events) {
            seq++;
            if (event.seq() != 0 && event.seq() != seq) {
                throw new IllegalArgumentException("event " + event.seq() + " where " + seq + " comes next");
            }
            insert.setLong(1, seq);
            insert.setString(2, event.at().toString());
            insert.setString(3, event.severity().name());
            insert.setString(4, event.id());
            insert.setString(5, event.sentence());
            insert.setString(6, FactText.write(event.facts()));
            insert.executeUpdate();
        }
        trim.setLong(1, seq - KEPT);
        trim.executeUpdate();
        return seq;
    }

    List<Event> after(long seq, int max) throws SQLException {
        List<Event> events = new ArrayList<>();
        select.setLong(1, seq);
        select.setInt(2, max);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                events.add(read(row));
            }
        }
        return List.copyOf(events);
    }

    private static Event read(ResultSet row) throws SQLException {
        long seq = row.getLong(1);
        try {
            return new Event(seq, Instant.parse(row.getString(2)), Event.Severity.valueOf(row.getString(3)),
                    row.getString(4), row.getString(5), FactText.read(row.getString(6)));
        } catch (IllegalArgumentException | DateTimeException e) {
            // one unreadable entry must neither hide the others nor vanish silently
            return new Event(seq, Instant.EPOCH, Event.Severity.TROUBLE, "event.unreadable",
                    "This entry of the event log cannot be read any more.", Map.of("reason", String.valueOf(e.getMessage())));
        }
    }
}
