package org.sallyport.core.persist;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** One healthy connection to the database file, its tables and its transactions. */
final class DatabaseSession implements AutoCloseable {
    // SQLite's primary result codes (sqlite.org/rescode.html)
    private static final int SQLITE_ERROR = 1;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_NOTADB = 26;

    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    final TorrentTable torrents;
    final EventTable events;
    final MetaTable meta;
    final DeviceTable devices;

    private DatabaseSession(Connection connection) throws SQLException {
        this.connection = connection;
        this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
        this.commit = connection.prepareStatement("COMMIT");
        this.rollback = connection.prepareStatement("ROLLBACK");
        this.torrents = new TorrentTable(connection);
        this.events = new EventTable(connection);
        this.meta = new MetaTable(connection);
        this.devices = new DeviceTable(connection);
    }

    /** Work inside a transaction. */
    interface Work<T> {
        T run() throws SQLException, PersistException;
    }

    /**
     * Opens and checks the file; makes the tables in an empty one.
     *
     * @throws DamagedException if it is not, or no longer, a database of ours
     * @throws PersistException if it cannot be used for another reason
     */
    static DatabaseSession open(DatabaseFiles files) throws PersistException {
        Connection connection = null;
        boolean healthy = false;
        try {
            files.createIfMissing();
            connection = connect(files.file());
            DatabaseSession session = prepare(connection);
            session.torrents.check();
            healthy = true;
            return session;
        } catch (SQLException e) {
            throw translate("The saved state " + files.file() + " cannot be opened", e);
        } catch (IOException e) {
            throw new PersistException("The saved state " + files.file() + " cannot be made: " + e.getMessage(), e);
        } finally {
            if (!healthy && connection != null) {
                closeQuietly(connection);
            }
        }
    }

    private static DatabaseSession prepare(Connection connection) throws SQLException, PersistException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            requireSound(statement);
            statement.execute("BEGIN IMMEDIATE");
            Schema.migrate(connection);
            statement.execute("COMMIT");
        }
        try {
            return new DatabaseSession(connection);
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLITE_ERROR) {
                throw new DamagedException("a table or column is missing", e);
            }
            throw e;
        }
    }

    private static void requireSound(Statement statement) throws SQLException, DamagedException {
        try (ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String finding = row.next() ? row.getString(1) : "no answer";
            if (!"ok".equals(finding)) {
                throw new DamagedException("check of the database: " + finding);
            }
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // for generated keys the driver leaves a query open after each insert, which blocks VACUUM and checkpoints
        config.setGetGeneratedKeys(false);
        // a URI, because the driver cuts a plain path at a question mark
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri());
    }

    /** All of {@code work} or nothing. */
    <T> T inTransaction(String what, Work<T> work) throws PersistException {
        try {
            begin.execute();
            boolean committed = false;
            try {
                T result = work.run();
                commit.execute();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollBack();
                }
            }
        } catch (SQLException e) {
            throw translate(what, e);
        }
    }

    /** As {@link #inTransaction}, and on the disk when it returns, so that even a power cut does not undo it. */
    <T> T inDurableTransaction(String what, Work<T> work) throws PersistException {
        try {
            execute("PRAGMA synchronous = FULL");
            try {
                return inTransaction(what, work);
            } finally {
                execute("PRAGMA synchronous = NORMAL");
            }
        } catch (SQLException e) {
            throw translate(what, e);
        }
    }

    /** Reading only. */
    <T> T read(String what, Work<T> work) throws PersistException {
        try {
            return work.run();
        } catch (SQLException e) {
            throw translate(what, e);
        }
    }

    /** Writes a compact copy of everything to {@code target}, an empty file. */
    void copyTo(Path target) throws PersistException {
        try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, target.toAbsolutePath().toString());
            vacuum.execute();
        } catch (SQLException e) {
            throw translate("cannot write a backup of the saved state", e);
        }
    }

    boolean isClosed() throws PersistException {
        return read("cannot ask the database", connection::isClosed);
    }

    @Override
    public void close() throws PersistException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw translate("cannot close the saved state", e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** SQLite has rolled back by itself after some errors (disk full); asking again is then an error of no interest. */
    private void rollBack() {
        try {
            rollback.execute();
        } catch (SQLException ignored) {
            // the transaction is gone either way
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // the reason for giving up is already on its way to the caller
        }
    }

    private static PersistException translate(String what, SQLException e) {
        boolean damaged = e.getErrorCode() == SQLITE_CORRUPT || e.getErrorCode() == SQLITE_NOTADB;
        String message = what + ": " + e.getMessage();
        return damaged ? new DamagedException(message, e) : new PersistException(message, e);
    }
}
