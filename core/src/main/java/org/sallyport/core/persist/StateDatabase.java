package org.sallyport.core.persist;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that must survive a crash, in one SQLite file with a write-ahead log. A call that returned is kept when the
 * process is killed (invariant I10); adding and removing a torrent also survives a power cut, and so does a change of the trusted devices.
 * One owner thread; blocks for disk I/O. Every method throws {@link PersistException} if the disk is full or fails; nothing of that call
 * is kept then, and later calls work again when the cause is gone.
 */
public final class StateDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateDatabase.class);

    /** Set together with each change of the list of torrents, cleared by the backup that has it. Devices count, too. */
    private static final String BACKUP_STALE = "backup.stale";

    private final DatabaseFiles files;
    private final DatabaseSession session;
    private final Recovery recovery;

    private StateDatabase(DatabaseFiles files, DatabaseSession session, Recovery recovery) {
        this.files = files;
        this.session = session;
        this.recovery = recovery;
    }

    /**
     * Opens the database; makes a new one if there is none. A damaged file is moved aside ({@code .damaged-1}, the last five
     * are kept) and the last backup is used, or a new database if that is damaged too: {@link #recovery()} tells.
     *
     * @throws PersistException if the folder cannot be written, or a newer version of Sallyport wrote the file
     */
    public static StateDatabase open(Path file) throws PersistException {
        DatabaseFiles files = new DatabaseFiles(file);
        DatabaseOpening opened = DatabaseOpening.of(files);
        StateDatabase database = new StateDatabase(files, opened.session(), opened.recovery());
        if (opened.recovery().kind() == Recovery.Kind.NONE) {
            database.backUpIfPossible();
        }
        return database;
    }

    /** A change that survives a power cut when it returns, and that the backup lacks from then on. */
    private void changeList(String what, DatabaseSession.Change change) throws PersistException {
        session.inDurableTransaction(what, tables -> {
            change.make(tables);
            tables.meta.put(BACKUP_STALE, "yes");
            return true;
        });
    }

    /** What opening had to do; the engine makes an event of it. */
    public Recovery recovery() {
        return recovery;
    }

    /** All torrents in the order they were added. */
    public List<SavedTorrent> torrents() throws PersistException {
        return session.read("cannot read the list of torrents", tables -> tables.torrents.all());
    }

    /** A magnet link for it is forgotten at the same moment. @throws PersistException also if a torrent with this hash is there already */
    public void insert(SavedTorrent torrent) throws PersistException {
        changeList("cannot save torrent " + torrent.hash().shortHex(), tables -> {
            tables.torrents.insert(torrent);
            tables.magnets.remove(torrent.hash());
        });
    }

    /** Replaces everything but the metainfo. @throws PersistException also if there is no such torrent */
    public void update(SavedTorrent torrent) throws PersistException {
        session.change("cannot save torrent " + torrent.hash().shortHex(), tables -> {
            if (!tables.torrents.update(torrent)) {
                throw new PersistException("torrent " + torrent.hash().shortHex() + " is not in the list");
            }
        });
    }

    /** What the user made different of torrents, by torrent; those without anything are missing. */
    public Map<InfoHash, SavedEdits> edits() throws PersistException {
        return session.read("cannot read what was changed of torrents", tables -> tables.edits.all());
    }

    /** Keeps what the user made different of a torrent; survives a power cut when it returns. Passed over if it is not there. */
    public void saveEdits(InfoHash hash, SavedEdits edits) throws PersistException {
        changeList("cannot save torrent " + hash.shortHex(), tables -> tables.edits.replace(hash, edits));
    }

    /** {@link #update(SavedTorrent)} and {@link #saveEdits} in one: both or none, and what it was to become survives a power cut. */
    public void update(SavedTorrent torrent, SavedEdits edits) throws PersistException {
        changeList("cannot save torrent " + torrent.hash().shortHex(), tables -> {
            if (!tables.torrents.update(torrent)) {
                throw new PersistException("torrent " + torrent.hash().shortHex() + " is not in the list");
            }
            tables.edits.replace(torrent.hash(), edits);
        });
    }

    /** Keeps how far torrents have come, all in one transaction. Those removed meanwhile are passed over. */
    public void saveProgress(List<SavedProgress> progress) throws PersistException {
        session.change("cannot save progress", tables -> {
            for (SavedProgress each : progress) {
                tables.torrents.saveProgress(each);
            }
        });
    }

    /** Keeps how long torrents have been offered, all in one transaction. Those removed meanwhile are passed over. */
    public void saveSeedTimes(Map<InfoHash, SeedTime> times) throws PersistException {
        session.change("cannot save how long torrents were offered", tables -> {
            for (Map.Entry<InfoHash, SeedTime> each : times.entrySet()) {
                tables.torrents.saveSeedTime(each.getKey(), each.getValue());
            }
        });
    }

    /** All torrents, the first in the queue first; one that is added is the last. */
    public List<InfoHash> queue() throws PersistException {
        return session.read("cannot read the queue", tables -> tables.torrents.queue());
    }

    /** Replaces the order of the queue. @param queue all torrents; those removed meanwhile are passed over */
    public void saveQueue(List<InfoHash> queue) throws PersistException {
        session.change("cannot save the queue", tables -> tables.torrents.saveQueue(queue));
    }

    /** Forgets a torrent; done also when it is not there. */
    public void remove(InfoHash hash) throws PersistException {
        changeList("cannot remove torrent " + hash.shortHex(), tables -> tables.torrents.remove(hash));
    }

    /** Magnet links whose torrents are not known yet, in the order they were added. */
    public List<SavedMagnet> magnets() throws PersistException {
        return session.read("cannot read the list of magnet links", tables -> tables.magnets.all());
    }

    /** @throws PersistException also if there is one for this hash already */
    public void insert(SavedMagnet magnet) throws PersistException {
        changeList("cannot save magnet link " + magnet.hash().shortHex(), tables -> tables.magnets.insert(magnet));
    }

    /** Whether it runs, and what was chosen for it; done also when it is not there. */
    public void update(SavedMagnet magnet) throws PersistException {
        session.change("cannot save magnet link " + magnet.hash().shortHex(), tables -> tables.magnets.update(magnet));
    }

    /** Done also when it is not there. */
    public void removeMagnet(InfoHash hash) throws PersistException {
        changeList("cannot remove magnet link " + hash.shortHex(), tables -> tables.magnets.remove(hash));
    }

    /**
     * Appends to the event log and drops what is older than the last 100,000.
     *
     * @param events with seq 0 to be numbered here, or numbered on from {@link #lastEventSeq()} without gaps
     * @return the number of the last event
     * @throws IllegalArgumentException if the numbers do not go on where the log ends
     */
    public long appendEvents(List<Event> events) throws PersistException {
        return session.inTransaction("cannot save events", tables -> tables.events.append(events));
    }

    /** At most {@code max} kept events with {@code seq > sinceSeq}, oldest first. */
    public List<Event> events(long sinceSeq, int max) throws PersistException {
        if (max < 0) {
            throw new IllegalArgumentException("max: " + max);
        }
        return session.read("cannot read the event log", tables -> tables.events.after(sinceSeq, max));
    }

    /** The number of the last event, 0 when there never was one. */
    public long lastEventSeq() throws PersistException {
        return session.read("cannot read the event log", tables -> tables.events.lastSeq());
    }

    /** The text kept under {@code key}, empty when there is none. */
    public String meta(String key) throws PersistException {
        return session.read("cannot read " + key, tables -> tables.meta.get(key));
    }

    public void putMeta(String key, String value) throws PersistException {
        session.change("cannot save " + key, tables -> tables.meta.put(key, value));
    }

    /**
     * The trusted devices in the order they were added. Only {@code trust} can tell whether they are the ones it saved.
     *
     * @throws PersistException also if an entry cannot be read
     */
    public List<SavedDevice> devices() throws PersistException {
        return session.read("cannot read the list of trusted devices", tables -> tables.devices.all());
    }

    /** Replaces the whole list of trusted devices; survives a power cut when it returns. */
    public void saveDevices(List<SavedDevice> devices) throws PersistException {
        changeList("cannot save the list of trusted devices", tables -> tables.devices.replaceAll(devices));
    }

    /** Notes when a trusted device was last seen. @return false if there is no such device */
    public boolean deviceSeen(String id, Instant at) throws PersistException {
        return session.inTransaction("cannot save when a device was seen", tables -> tables.devices.seen(id, at));
    }

    /** What passed on each day, oldest first; more than a year of it. */
    public List<SavedTraffic> traffic() throws PersistException {
        return session.read("cannot read the data use", tables -> tables.traffic.all());
    }

    /** Replaces what is kept for that day. */
    public void saveTraffic(SavedTraffic day) throws PersistException {
        session.change("cannot save the data use", tables -> tables.traffic.put(day));
    }

    /** What was found out about files of torrents. */
    public List<SavedVerdict> verdicts() throws PersistException {
        return session.read("cannot read the verdicts on files", tables -> tables.verdicts.all());
    }

    /** Replaces what was found out about that file. Passed over if the torrent is not there. */
    public void saveVerdict(SavedVerdict verdict) throws PersistException {
        session.change("cannot save the verdict on a file", tables -> tables.verdicts.put(verdict));
    }

    /** Forgets what was found out about a file; done also when nothing was. */
    public void removeVerdict(InfoHash hash, int file) throws PersistException {
        session.change("cannot save that a file has no verdict any more", tables -> tables.verdicts.remove(hash, file));
    }

    /** The folders from which the user may share, in the order they were allowed; without a problem, which only the disk can tell. */
    public List<AllowedFolder> allowedFolders() throws PersistException {
        return session.read("cannot read the list of allowed folders", tables -> tables.allowedFolders.all());
    }

    /** Done also when it is allowed already; the time of the first stays. */
    public void allowFolder(Path path, Instant at) throws PersistException {
        changeList("cannot save the list of allowed folders", tables -> tables.allowedFolders.insert(path, at));
    }

    /** Survives a power cut when it returns. @return false if it was not allowed */
    public boolean disallowFolder(Path path) throws PersistException {
        return session.inDurableTransaction("cannot save the list of allowed folders", tables -> {
            tables.meta.put(BACKUP_STALE, "yes");
            return tables.allowedFolders.delete(path);
        });
    }

    /**
     * Replaces the backup if the list of torrents has changed since the last one; done at open and close, too. A long
     * running engine calls it now and then. Reads and writes the whole database once.
     */
    public void backUp() throws PersistException {
        if (meta(BACKUP_STALE).isEmpty()) {
            return;
        }
        try {
            Path fresh = files.freshBackup();
            session.copyTo(fresh);
            files.replaceBackup(fresh);
        } catch (IOException e) {
            throw new PersistException("cannot write a backup of the saved state: " + e.getMessage(), e);
        }
        putMeta(BACKUP_STALE, "");
    }

    /** A full disk must not keep the list of torrents from being opened. */
    private void backUpIfPossible() {
        try {
            backUp();
        } catch (PersistException e) {
            LOG.warn("no new backup of the saved state", e);
        }
    }

    /** Backs up if needed and closes. Idempotent. */
    @Override
    public void close() throws PersistException {
        if (session.isClosed()) {
            return;
        }
        try (session) {
            backUp();
        }
    }
}
