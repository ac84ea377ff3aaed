package org.sallyport.core.persist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/** The trusted devices in the order they were added. Whether the rows are the ones we wrote is for {@code trust} to tell. */
final class DeviceTable {
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement clear;
    private final PreparedStatement see;

    DeviceTable(Connection connection) throws SQLException {
        select = connection.prepareStatement(
                "SELECT id, public_key, sealed_key, name, addresses, added_at, last_seen FROM device ORDER BY position");
        insert = connection.prepareStatement(
                "INSERT INTO device (id, public_key, sealed_key, name, addresses, added_at, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?)");
        clear = connection.prepareStatement("DELETE FROM device");
        see = connection.prepareStatement("UPDATE device SET last_seen = ? WHERE id = ?");
    }

    List<SavedDevice> all() throws SQLException, PersistException {
        List<SavedDevice> devices = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                devices.add(read(row));
            }
        }
        return List.copyOf(devices);
    }

    void replaceAll(List<SavedDevice> devices) throws SQLException {
        clear.executeUpdate();
        for (SavedDevice device : devices) {
            insert.setString(1, device.id());
            insert.setBytes(2, device.publicKey().toArray());
            insert.setBytes(3, device.sealedKey().toArray());
            insert.setString(4, device.name());
            insert.setString(5, device.addresses().stream().map(PeerAddress::toString).collect(Collectors.joining(" ")));
            insert.setString(6, device.addedAt().toString());
            insert.setString(7, device.lastSeen().toString());
            insert.executeUpdate();
        }
    }

    boolean seen(String id, Instant at) throws SQLException {
        see.setString(1, at.toString());
        see.setString(2, id);
        return see.executeUpdate() > 0;
    }

    private static SavedDevice read(ResultSet row) throws SQLException, PersistException {
        try {
            List<PeerAddress> addresses = new ArrayList<>();
            for (String address : row.getString(5).split(" ")) {
                if (!address.isEmpty()) {
                    addresses.add(PeerAddress.parse(address));
                }
            }
            return new SavedDevice(row.getString(1), Bytes.copyOf(row.getBytes(2)), Bytes.copyOf(row.getBytes(3)), row.getString(4),
                    addresses, Instant.parse(row.getString(6)), Instant.parse(row.getString(7)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedException("an entry of the list of trusted devices cannot be read", e);
        }
    }
}
