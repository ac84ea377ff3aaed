package org.sallyport.core.persist;

import java.sql.Connection;
import java.sql.SQLException;

/** The tables of one connection, with their statements prepared. */
final class Tables {
    final TorrentTable torrents;
    final EventTable events;
    final MetaTable meta;
    final DeviceTable devices;
    final AllowedFolderTable allowedFolders;
    final EditsTable edits;
    final MagnetTable magnets;
    final TrafficTable traffic;
    final VerdictTable verdicts;

    Tables(Connection connection) throws SQLException {
        this.torrents = new TorrentTable(connection);
        this.events = new EventTable(connection);
        this.meta = new MetaTable(connection);
        this.devices = new DeviceTable(connection);
        this.allowedFolders = new AllowedFolderTable(connection);
        this.edits = new EditsTable(connection);
        this.magnets = new MagnetTable(connection);
        this.traffic = new TrafficTable(connection);
        this.verdicts = new VerdictTable(connection);
    }
}
