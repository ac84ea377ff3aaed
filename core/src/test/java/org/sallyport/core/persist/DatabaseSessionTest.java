package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSessionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"13, false", "10, false", "4874, false", "5, false", "0, false", "19, true", "1555, true"}) // sqlite.org/rescode.html
    void onlyABrokenConstraintLeavesTheConnectionInUse(int code, boolean kept) throws Exception {
        try (DatabaseSession session = DatabaseSession.open(new DatabaseFiles(folder.resolve("state.db")))) {
            Tables before = session.read("read", tables -> tables);

            assertThatThrownBy(() -> session.inTransaction("cannot save", tables -> {
                tables.meta.put("port", "1");
                throw new SQLException("trouble", "", code);
            })).isInstanceOf(PersistException.class).hasMessage("cannot save: trouble");

            assertThat(session.<Tables>read("read", tables -> tables) == before).isEqualTo(kept);
            assertThat(session.<String>read("read", tables -> tables.meta.get("port"))).isEmpty();
            session.inDurableTransaction("save", tables -> {
                tables.meta.put("port", "2");
                return true;
            });
            assertThat(session.<String>read("read", tables -> tables.meta.get("port"))).isEqualTo("2");
        }
    }

    @Test
    void aFileThatIsGoneIsNotMadeAgainByTheWay() throws Exception {
        Path file = folder.resolve("state.db");
        try (DatabaseSession session = DatabaseSession.open(new DatabaseFiles(file))) {
            assertThatThrownBy(() -> session.read("read", tables -> {
                throw new SQLException("trouble", "", 10);
            })).isInstanceOf(PersistException.class);
            Files.delete(file);

            assertThatThrownBy(() -> session.read("read", tables -> tables.meta.get("port"))).isInstanceOf(PersistException.class);
            assertThat(file).doesNotExist();
        }
    }
}
