package org.sallyport.core.persist;

import java.io.IOException;

/** The database as it could be opened: as it was, from its last backup, or empty. @param recovery what that took */
record DatabaseOpening(DatabaseSession session, Recovery recovery) {

    /** @throws PersistException if the folder cannot be written, or a newer version of Sallyport wrote the file */
    static DatabaseOpening of(DatabaseFiles files) throws PersistException {
        try {
            return new DatabaseOpening(openSound(files), Recovery.NONE);
        } catch (DamagedException e) {
            return recover(files, e);
        }
    }

    private static DatabaseSession openSound(DatabaseFiles files) throws PersistException {
        try {
            if (files.isLost()) {
                throw new DamagedException("the file is gone or empty");
            }
        } catch (IOException e) {
            throw new PersistException("The saved state " + files.file() + " cannot be read: " + e.getMessage(), e);
        }
        return DatabaseSession.open(files);
    }

    private static DatabaseOpening recover(DatabaseFiles files, DamagedException damage) throws PersistException {
        try {
            files.moveAside();
            if (files.restoreBackup()) {
                try {
                    return fromBackup(files);
                } catch (DamagedException e) {
                    damage.addSuppressed(e);
                    files.moveAside();
                    files.deleteBackup();
                }
            }
        } catch (IOException e) {
            throw new PersistException("The damaged saved state " + files.file() + " cannot be moved aside: " + e.getMessage(), e);
        }
        return new DatabaseOpening(DatabaseSession.open(files), new Recovery(Recovery.Kind.STARTED_EMPTY,
                "The list of torrents was damaged (" + damage.getMessage() + ") and there was no usable backup, so it starts empty. "
                        + "The damaged file was kept. Your downloads are still in their folders: add the torrents again to go on."));
    }

    private static DatabaseOpening fromBackup(DatabaseFiles files) throws PersistException {
        DatabaseSession session = DatabaseSession.open(files);
        session.change("cannot mark the restored progress", tables -> tables.torrents.distrustProgress());
        return new DatabaseOpening(session, new Recovery(Recovery.Kind.FROM_BACKUP,
                "The list of torrents was damaged and was restored from its last backup. "
                        + "Torrents added since then may be missing; all data is checked again."));
    }
}
