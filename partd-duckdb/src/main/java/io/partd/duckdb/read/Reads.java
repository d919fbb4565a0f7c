package io.partd.duckdb.read;

import io.partd.duckdb.CsvOptions;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.engine.Watch;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.duckdb.DuckDBConnection;

/**
 * Inputs that are there, and what of them is read: opens them group by group.
 *
 * @param guard of all that is done to read them
 */
public record Reads(Database database, List<Input> inputs, CsvOptions csv, Selection selection, Watch.Guard guard) {
    /**
     * The inputs in groups that are read by one source each: files of one kind that follow each other, or one input.
     */
    public List<List<Input>> groups() {
        List<List<Input>> groups = new ArrayList<>();
        for (int i = 0; i < inputs.size(); ) {
            int end = i + 1;
            if (inputs.get(i) instanceof Input.OfFile first && first.kind().function != null) {
                while (end < inputs.size() && isLike(first, inputs.get(end))) end++;
            }
            groups.add(inputs.subList(i, end));
            i = end;
        }
        return groups;
    }

    private static boolean isLike(Input.OfFile first, Input next) {
        return next instanceof Input.OfFile file && file.kind() == first.kind();
    }

    /** Does what a statement is waited for, which ends with its thread's interrupt or with the time of the read. */
    <T, E extends Exception> T run(Statement statement, Watch.Guard.Wait<T, E> work) throws E, SQLException {
        return guard.wait(Thread.currentThread(), statement, work);
    }

    /** Whether all of it can be read more than once. */
    public boolean readsAgain() {
        return inputs.stream().allMatch(Input::readsAgain);
    }

    /** Opens a group. */
    public Source open(List<Input> group) throws IOException, SQLException {
        if (isSql(group)) {
            if (selection.names().isEmpty()) SameColumns.require(group, csv, database);
            return ofSql(group);
        }
        Source arrow = ArrowSource.open(group.get(0), selection.names(), database.allocator());
        try {
            Schema schema = arrow.reader().getVectorSchemaRoot().getSchema();
            if (!selection.needsSql(Columns.names(schema))) return arrow;
        } catch (IOException | RuntimeException | Error e) {
            arrow.close();
            throw e;
        }
        return ofArrow(arrow);
    }

    private static boolean isSql(List<Input> group) {
        return group.get(0) instanceof Input.OfQuery
                || group.get(0) instanceof Input.OfFile file && file.kind().function != null;
    }

    private Source ofSql(List<Input> group) throws IOException, SQLException {
        DuckDBConnection connection = database.connect();
        InputTable table;
        try {
            table = table(group, connection, "input");
        } catch (SQLException | IOException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
        try {
            return DuckSource.open(table, this, true, rejects(group));
        } catch (IllegalArgumentException e) {
            SameColumns.explainOneColumn(group, csv, table.names());
            throw e;
        }
    }

    private boolean rejects(List<Input> group) {
        return csv.ignoreErrors() && group.get(0) instanceof Input.OfFile file && file.kind() == FileKind.CSV;
    }

    private Source ofArrow(Source arrow) throws IOException, SQLException {
        DuckDBConnection connection = database.connect();
        InputTable table;
        try {
            table = InputTable.of(arrow, "input", database.allocator(), connection);
        } catch (IOException | RuntimeException | Error e) {
            try (connection) {
                arrow.close();
            }
            throw e;
        }
        return DuckSource.open(table, this, false, false);
    }

    /** A group as a table of a connection, which may have others under other names. */
    InputTable table(List<Input> group, DuckDBConnection connection, String name) throws IOException, SQLException {
        if (isSql(group)) return InputTable.of(group, csv, database.memory(), connection);
        return InputTable.of(
                ArrowSource.open(group.get(0), List.of(), database.allocator()),
                name,
                database.allocator(),
                connection);
    }
}
