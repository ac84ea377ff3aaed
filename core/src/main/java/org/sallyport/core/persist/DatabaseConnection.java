package org.sallyport.core.persist;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection to the database file and the tables behind it. Only good until the first error: the driver closes a
 * statement that fails, so {@link DatabaseSession} takes a new connection then.
 */
final class DatabaseConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConnection.class);
    private static final int SQLITE_ERROR = 1;

    private final Connection connection;
    private final Tables tables;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private boolean durable;

    private DatabaseConnection(Connection connection, Tables tables) throws SQLException {
        this.connection = connection;
        this.tables = tables;
        this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
        this.commit = connection.prepareStatement("COMMIT");
    }

    /**
     * Opens the file and checks it as a whole; makes the tables that are missing.
     *
     * @throws DamagedException if it is not, or no longer, a database of ours
     */
    static DatabaseConnection openChecked(Path file) throws SQLException, PersistException {
        return open(file, true);
    }

    /** Opens a file that was checked when the program started, and never makes one: a file that has gone since is an error. */
    static DatabaseConnection openAgain(Path file) throws SQLException, PersistException {
        return open(file, false);
    }

    private static DatabaseConnection open(Path file, boolean check) throws SQLException, PersistException {
        Connection connection = connect(file);
        boolean healthy = false;
        try {
            setUp(connection);
            if (check) {
                checkAndMigrate(connection);
            }
            Tables tables = prepareTables(connection);
            if (check) {
                tables.torrents.check();
                tables.edits.all();
                tables.magnets.all();
            }
            DatabaseConnection opened = new DatabaseConnection(connection, tables);
            healthy = true;
            return opened;
        } finally {
            if (!healthy) {
                closeQuietly(connection);
            }
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // for generated keys the driver leaves a query open after each insert, which blocks VACUUM and checkpoints
        config.setGetGeneratedKeys(false);
        // whoever wants a new file makes it first, for the owner only
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        // a URI, because the driver cuts a plain path at a question mark
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri());
    }

    private static void setUp(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
        }
    }

    private static void checkAndMigrate(Connection connection) throws SQLException, PersistException {
        try (Statement statement = connection.createStatement()) {
            requireSound(statement);
            statement.execute("BEGIN IMMEDIATE");
            Schema.migrate(connection);
            statement.execute("COMMIT");
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

    private static Tables prepareTables(Connection connection) throws SQLException, DamagedException {
        try {
            return new Tables(connection);
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLITE_ERROR) {
                throw new DamagedException("a table or column is missing", e);
            }
            throw e;
        }
    }

    Tables tables() {
        return tables;
    }

    /** @param durable whether the commit waits until everything is on the disk */
    void begin(boolean durable) throws SQLException {
        if (durable != this.durable) {
            execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            this.durable = durable;
        }
        begin.execute();
    }

    void commit() throws SQLException {
        commit.execute();
    }

    /**
     * With a statement of its own, because one that was kept could be closed already by an earlier failure.
     *
     * @return false if a transaction may still be open: the connection is of no use then, and may keep others from writing
     */
    boolean rollBack() {
        try {
            execute("ROLLBACK");
            return true;
        } catch (SQLException e) {
            // after some errors, a full disk among them, SQLite has rolled back by itself
            if (String.valueOf(e.getMessage()).contains("no transaction is active")) {
                return true;
            }
            LOG.warn("a transaction of the saved state could not be rolled back", e);
            return false;
        }
    }

    /** Writes a compact copy of everything to {@code target}, an empty file. */
    void copyTo(Path target) throws SQLException {
        try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, target.toAbsolutePath().toString());
            vacuum.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    void closeQuietly() {
        closeQuietly(connection);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // the reason for giving up is already on its way to the caller
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
