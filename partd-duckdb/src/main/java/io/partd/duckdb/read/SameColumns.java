package io.partd.duckdb.read;

import io.partd.duckdb.CsvOptions;
import io.partd.duckdb.UnreadableInputException;
import io.partd.duckdb.UnreadableInputException.Remedy;
import io.partd.duckdb.engine.Database;
import io.partd.duckdb.engine.MemoryPlan;
import io.partd.duckdb.engine.Sql;
import io.partd.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/**
 * Finds what DuckDB passes over: files with more columns than the first, of which it would read those of the first
 * alone; and a file of several columns that it takes for one of a single column, for its lines are not alike.
 */
final class SameColumns {
    private static final String DELIMITERS = ",;\t|";

    private SameColumns() {}

    /** @throws UnreadableInputException if a file has columns that the first one has not */
    static void require(List<Input> group, CsvOptions csv, Database database) throws IOException, SQLException {
        if (group.size() < 2) return;
        FileKind kind = ((Input.OfFile) group.get(0)).kind();
        List<Path> files = InputTable.files(group);
        try (DuckDBConnection connection = database.connect()) {
            if (kind == FileKind.PARQUET) requireNames(files, csv, database.memory(), connection);
            if (kind == FileKind.CSV) requireNumber(files, csv, connection);
        }
    }

    private static void requireNames(List<Path> files, CsvOptions csv, MemoryPlan memory, DuckDBConnection connection)
            throws SQLException {
        List<String> first = names(files.get(0), csv, memory, connection);
        for (Path file : files.subList(1, files.size())) {
            List<String> more = new ArrayList<>(names(file, csv, memory, connection));
            more.removeAll(first);
            if (!more.isEmpty()) {
                throw new UnreadableInputException(
                        file.toString(),
                        "it has a column " + Text.quote(more.get(0)) + " that is not in " + files.get(0),
                        null,
                        List.of(),
                        null);
            }
        }
    }

    private static List<String> names(Path file, CsvOptions csv, MemoryPlan memory, DuckDBConnection connection)
            throws SQLException {
        Input input = new Input.OfFile(file, file.toString(), FileKind.PARQUET, 0);
        return InputTable.of(List.of(input), csv, memory, connection).names();
    }

    /** By their first lines: DuckDB says itself where names are missing. */
    private static void requireNumber(List<Path> files, CsvOptions csv, DuckDBConnection connection)
            throws IOException, SQLException {
        if (!files.stream().allMatch(SameColumns::isPlain) || csv.ignoreErrors()) return;
        Optional<Character> delimiter = delimiter(files.get(0), csv, connection);
        if (delimiter.isEmpty()) return;
        int first = CsvLines.first(files.get(0), delimiter.get());
        for (Path file : files.subList(1, files.size())) {
            int values = CsvLines.first(file, delimiter.get());
            if (values > first) {
                throw new UnreadableInputException(
                        file.toString(),
                        "line 1 has " + Text.count(values, "value") + ", and that of " + files.get(0) + " has " + first,
                        null,
                        List.of(Remedy.DELIMITER),
                        null);
            }
        }
    }

    private static Optional<Character> delimiter(Path file, CsvOptions csv, DuckDBConnection connection)
            throws SQLException {
        if (csv.delimiter().isPresent()) return one(csv.delimiter().get());
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT Delimiter FROM sniff_csv(" + Sql.literal(Sql.noGlob(file.toString())) + ")")) {
            return found.next() ? one(found.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            // Not what this looks for: who reads the file will say what is wrong with it.
            return Optional.empty();
        }
    }

    private static Optional<Character> one(String delimiter) {
        return delimiter.length() == 1 ? Optional.of(delimiter.charAt(0)) : Optional.empty();
    }

    private static boolean isPlain(Path file) {
        String name = file.toString();
        return !name.endsWith(".gz") && !name.endsWith(".zst");
    }

    /** @throws UnreadableInputException if there is one column because a line has not as many values as the first */
    static void explainOneColumn(List<Input> group, CsvOptions csv, List<String> columns) throws IOException {
        boolean found = csv.delimiter().isEmpty() && csv.encoding().isEmpty() && columns.size() == 1;
        if (!found || !(group.get(0) instanceof Input.OfFile file) || file.kind() != FileKind.CSV) return;
        if (!isPlain(file.path())) return;
        for (int i = 0; i < DELIMITERS.length(); i++) {
            char delimiter = DELIMITERS.charAt(i);
            if (columns.get(0).indexOf(delimiter) < 0) continue;
            Optional<CsvLines.Odd> odd = CsvLines.firstOdd(file.path(), delimiter);
            if (odd.isPresent()) throw oneColumn(file.name(), odd.get(), delimiter);
        }
    }

    private static UnreadableInputException oneColumn(String file, CsvLines.Odd odd, char delimiter) {
        return new UnreadableInputException(
                file,
                "line " + odd.line() + " has " + Text.count(odd.values(), "value") + " with '"
                        + Text.oneLine(String.valueOf(delimiter)) + "' between them, and line 1 has " + odd.first(),
                null,
                List.of(Remedy.IGNORE_ERRORS, Remedy.DELIMITER),
                null);
    }
}
