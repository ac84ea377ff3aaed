package org.sallyport.core.persist;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The transactions on the database file, one after the other. After an error of the database the next use gets a new
 * connection, so that a disk that was full for a while does no lasting harm.
 */
final class DatabaseSession implements AutoCloseable {
    // SQLite's primary result codes (sqlite.org/rescode.html)
    private static final int PRIMARY_CODE = 0xFF;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_CONSTRAINT = 19;
    private static final int SQLITE_NOTADB = 26;

    private enum State { SOUND, FAILED, HUNG, CLOSED }

    private final DatabaseFiles files;
    private DatabaseConnection connection;
    private State state = State.SOUND;

    private DatabaseSession(DatabaseFiles files, DatabaseConnection connection) {
        this.files = files;
        this.connection = connection;
    }

    /** Work on the tables. They are only good for this one call. */
    interface Work<T> {
        T run(Tables tables) throws SQLException, PersistException;
    }

    /** As {@link Work}, with nothing to tell. */
    interface Change {
        void make(Tables tables) throws SQLException, PersistException;
    }

    /**
     * Opens and checks the file; makes the tables in an empty one.
     *
     * @throws DamagedException if it is not, or no longer, a database of ours
     * @throws PersistException if it cannot be used for another reason
     */
    static DatabaseSession open(DatabaseFiles files) throws PersistException {
        try {
            files.createIfMissing();
            return new DatabaseSession(files, DatabaseConnection.openChecked(files.file()));
        } catch (SQLException e) {
            throw translate("The saved state " + files.file() + " cannot be opened", e);
        } catch (IOException e) {
            throw new PersistException("The saved state " + files.file() + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** All of {@code work} or nothing. */
    <T> T inTransaction(String what, Work<T> work) throws PersistException {
        return transact(what, false, work);
    }

    /** All of {@code change} or nothing. */
    void change(String what, Change change) throws PersistException {
        inTransaction(what, tables -> {
            change.make(tables);
            return true;
        });
    }

    /** As {@link #inTransaction}, and on the disk when it returns, so that even a power cut does not undo it. */
    <T> T inDurableTransaction(String what, Work<T> work) throws PersistException {
        return transact(what, true, work);
    }

    private <T> T transact(String what, boolean durable, Work<T> work) throws PersistException {
        return use(what, current -> {
            current.begin(durable);
            boolean committed = false;
            try {
                T result = work.run(current.tables());
                current.commit();
                committed = true;
                return result;
            } finally {
                if (!committed && !current.rollBack()) {
                    state = State.HUNG;
                }
            }
        });
    }

    /** Reading only. */
    <T> T read(String what, Work<T> work) throws PersistException {
        return use(what, current -> work.run(current.tables()));
    }

    /** Writes a compact copy of everything to {@code target}, an empty file. */
    void copyTo(Path target) throws PersistException {
        use("cannot write a backup of the saved state", current -> {
            current.copyTo(target);
            return true;
        });
    }

    private interface Use<T> {
        T of(DatabaseConnection current) throws SQLException, PersistException;
    }

    private <T> T use(String what, Use<T> use) throws PersistException {
        try {
            renewIfFailed();
            return use.of(connection);
        } catch (SQLException e) {
            // a broken constraint is the caller's, and the one error after which the driver keeps the statement
            if (state == State.SOUND && (e.getErrorCode() & PRIMARY_CODE) != SQLITE_CONSTRAINT) {
                state = State.FAILED;
            }
            throw translate(what, e);
        }
    }

    private void renewIfFailed() throws SQLException, PersistException {
        if (state == State.CLOSED) {
            throw new PersistException("the saved state is closed");
        }
        if (state == State.SOUND) {
            return;
        }
        if (state == State.HUNG) {
            connection.closeQuietly(); // it holds the lock for writing
        }
        // otherwise the old one goes last: with no connection left the log is removed, and a full disk may have no room for a new one
        DatabaseConnection fresh = DatabaseConnection.openAgain(files.file());
        connection.closeQuietly();
        connection = fresh;
        state = State.SOUND;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Idempotent. */
    @Override
    public void close() throws PersistException {
        state = State.CLOSED;
        try {
            connection.close();
        } catch (SQLException e) {
            throw translate("cannot close the saved state", e);
        }
    }

    private static PersistException translate(String what, SQLException e) {
        boolean damaged = e.getErrorCode() == SQLITE_CORRUPT || e.getErrorCode() == SQLITE_NOTADB;
        String message = what + ": " + e.getMessage();
        return damaged ? new DamagedException(message, e) : new PersistException(message, e);
    }
}
