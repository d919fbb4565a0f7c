package io.partd.duckdb.engine;

import io.partd.base.Log;
import io.partd.file.TempDirectory;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.duckdb.DuckDBConnection;

/**
 * Where DuckDB writes what does not fit into memory: a directory that goes as those of temporary stores do, after a
 * kill by the next who makes one beside it. Safe for several threads.
 */
final class TemporaryFiles implements AutoCloseable {
    private final boolean isChosen;
    private Path parent;
    /** Null where none could be made: DuckDB makes one when it needs it, or says why it cannot. */
    private TempDirectory directory;

    private Path path;
    /** DuckDB has written there, and does not change it any more. */
    private boolean used;

    /** @param chosen where a user wants them */
    TemporaryFiles(Optional<Path> chosen) {
        this.isChosen = chosen.isPresent();
        this.parent = chosen.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        this.directory = make(parent);
        this.path = directory == null ? parent.resolve("partd-duckdb-" + UUID.randomUUID()) : inside(directory);
    }

    private static TempDirectory make(Path parent) {
        try {
            return TempDirectory.create(parent);
        } catch (IOException e) {
            Log.get().log(Level.DEBUG, "no temporary files in " + parent, e);
            return null;
        }
    }

    /** DuckDB makes and removes it itself. */
    private static Path inside(TempDirectory directory) {
        return directory.path().resolve("duckdb");
    }

    /** The directory in which this one is. */
    synchronized Path parent() {
        return parent;
    }

    /** What DuckDB is to be told. */
    synchronized Path path() {
        return path;
    }

    /** Goes to a directory if nobody has chosen another, DuckDB has not begun to write, and one can be made there. */
    synchronized void moveTo(Path other, DuckDBConnection connection) throws SQLException {
        if (isChosen || used || other.equals(parent)) return;
        TempDirectory made = make(other);
        if (made == null) return;
        TempDirectory unneeded = made;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET temp_directory = " + Sql.literal(inside(made).toString()));
            unneeded = directory;
            directory = made;
            parent = other;
            path = inside(made);
        } catch (SQLException e) {
            if (!e.getMessage().contains("after the current one has been used")) throw e;
            used = true;
        } finally {
            remove(unneeded);
        }
    }

    private static void remove(TempDirectory directory) {
        if (directory == null) return;
        try {
            directory.close();
        } catch (IOException e) {
            Log.get().log(Level.WARNING, "could not remove the temporary files in " + directory.path(), e);
        }
    }

    /** Removes them; DuckDB has ended. */
    @Override
    public synchronized void close() {
        remove(directory);
    }
}
