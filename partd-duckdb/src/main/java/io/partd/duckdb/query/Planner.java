package io.partd.duckdb.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.partd.duckdb.engine.Failures;
import io.partd.duckdb.engine.Sql;
import io.partd.duckdb.query.Plan.PlannedScan;
import io.partd.duckdb.query.Plan.ResultColumn;
import io.partd.duckdb.query.SqlTree.Reference;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;

/**
 * Finds out what a statement reads, in a database of its own whose tables are empty: there it is bound as it was
 * written, so that errors are about the places that the user sees. Safe for several threads.
 */
public final class Planner implements AutoCloseable {
    /** With these, a plan would hide columns that are compared, or have no scans because the tables are empty. */
    private static final String DISABLED = "statistics_propagation,empty_result_pullup,filter_pushdown";

    private final DuckDBConnection connection;
    private final BufferAllocator allocator;
    private final Map<String, Source> sources = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private long scans;

    public Planner(BufferAllocator allocator) throws SQLException {
        this.allocator = allocator;
        Properties settings = new Properties();
        settings.setProperty("threads", "1");
        settings.setProperty("autoinstall_known_extensions", "false");
        connection = DriverManager.getConnection("jdbc:duckdb:", settings).unwrap(DuckDBConnection.class);
        run("SET disabled_optimizers = " + Sql.literal(DISABLED));
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Names a table, in place of what had the name before.
     *
     * @throws IllegalArgumentException if a column is of a type that SQL lacks
     */
    public synchronized void define(String name, Source source) throws SQLException {
        String made = Sql.identifier("partd_new " + name);
        try {
            empty(
                    made,
                    source,
                    source.schema().getFields().stream().map(Field::getName).toList());
        } catch (SQLException | RuntimeException e) {
            throw unfit(name, source, e);
        }
        forget(name);
        run("ALTER TABLE " + made + " RENAME TO " + Sql.identifier(name));
        sources.put(name, source);
    }

    private void empty(String name, Source source, List<String> columns) throws SQLException {
        try (Scan scan = new Scan("partd_empty", source, new Source.Part(List.of(), columns))) {
            scan.register(connection);
            run("CREATE OR REPLACE TABLE " + name + " AS SELECT * FROM partd_empty");
            run("DROP VIEW partd_empty");
        }
    }

    /** Says which column it was. */
    private IllegalArgumentException unfit(String table, Source source, Exception failure) throws SQLException {
        for (Field field : source.schema().getFields()) {
            try {
                empty("partd_column", source, List.of(field.getName()));
            } catch (SQLException | RuntimeException e) {
                return new IllegalArgumentException(
                        "column \"" + field.getName() + "\" of table \"" + table + "\" is " + field.getType()
                                + ", which SQL has no type for: leave it out (" + Failures.message(e) + ")",
                        e);
            }
        }
        return new IllegalArgumentException("\"" + table + "\" is no table: " + Failures.message(failure), failure);
    }

    /**
     * Names what a query gives, in place of what had the name before.
     *
     * @throws SQLException if DuckDB cannot read what the query names
     */
    public synchronized void defineView(String name, String query) throws SQLException {
        // Tried before the old one goes.
        run("CREATE OR REPLACE VIEW " + Sql.identifier("partd_new " + name) + " AS " + query);
        run("DROP VIEW " + Sql.identifier("partd_new " + name));
        forget(name);
        run("CREATE VIEW " + Sql.identifier(name) + " AS " + query);
    }

    /** A table for one piece of work. */
    public final class Named implements AutoCloseable {
        private final String name;

        private Named(String name) {
            this.name = name;
        }

        /** What the table is called in SQL. */
        public String sql() {
            return Sql.identifier(name);
        }

        /** Forgets the table. */
        @Override
        public void close() throws SQLException {
            synchronized (Planner.this) {
                forget(name);
            }
        }
    }

    /** Names a table for one piece of work, with a number behind the name that nothing else has. */
    public synchronized Named define(Source source, String name) throws SQLException {
        String unique = name + " " + ++scans;
        define(unique, source);
        return new Named(unique);
    }

    private synchronized void forget(String name) throws SQLException {
        String kind = sources.remove(name) == null ? "VIEW" : "TABLE";
        run("DROP " + kind + " IF EXISTS " + Sql.identifier(name));
    }

    /** What has this name, where that is read through Arrow. */
    public synchronized Optional<Source> source(String name) {
        return Optional.ofNullable(sources.get(name));
    }

    /**
     * Plans a statement.
     *
     * @param parameters the values of {@code ?}, or {@code $1} and so on
     * @throws IllegalArgumentException if the statement is wrong, with the place marked
     */
    public synchronized Plan plan(String sql, List<Object> parameters) throws SQLException {
        SqlTree tree = SqlTree.parse(sql, connection);
        List<ResultColumn> columns = bind(sql);
        List<JsonNode> values = new ArrayList<>();
        for (Object value : parameters) values.add(SqlTree.expression(Literals.of(value), connection));
        tree.replaceParameters(values);
        Map<String, Unplanned> found = new LinkedHashMap<>();
        for (Reference reference : tree.references()) {
            Source source = sources.get(reference.name());
            if (source == null) continue;
            String table = reference.name();
            Optional<Set<String>> chosen = KeyChoice.of(reference, source, columnsOf(table), connection, allocator);
            String name = "partd_scan_" + ++scans;
            reference.rename(name);
            found.put(name, new Unplanned(table, source, chosen, reference.repeated()));
        }
        String renamed = tree.sql(connection);
        return new Plan(sql, renamed, scans(renamed, found), columns);
    }

    /** A scan of which it is not known yet what it reads. */
    private record Unplanned(String table, Source source, Optional<Set<String>> chosen, boolean repeated) {}

    /**
     * The plan whose columns have other types; an empty text leaves one as it is.
     *
     * @param types of each column
     */
    public Plan cast(Plan plan, List<String> types) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String place = "#" + (i + 1);
            String value = types.get(i).isEmpty() ? place : "CAST(" + place + " AS " + types.get(i) + ")";
            columns.add(value + " AS " + Sql.identifier(plan.columns().get(i).name()));
        }
        String sql = "SELECT " + String.join(", ", columns) + " FROM (" + plan.sql() + ")";
        return new Plan(plan.asked(), sql, plan.scans(), plan.columns());
    }

    private List<ResultColumn> bind(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            ResultSetMetaData found = statement.getMetaData();
            List<ResultColumn> columns = new ArrayList<>();
            for (int i = 1; i <= found.getColumnCount(); i++) {
                columns.add(new ResultColumn(found.getColumnName(i), found.getColumnTypeName(i)));
            }
            return columns;
        } catch (SQLException e) {
            throw new IllegalArgumentException(Failures.message(e), e);
        }
    }

    private Map<String, String> columnsOf(String table) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("DESCRIBE " + Sql.identifier(table))) {
            while (result.next()) types.put(result.getString(1), result.getString(2));
        }
        return types;
    }

    private List<PlannedScan> scans(String sql, Map<String, Unplanned> found) throws SQLException {
        List<PlannedScan> planned = new ArrayList<>();
        for (Map.Entry<String, Unplanned> each : found.entrySet()) {
            run("CREATE TEMP TABLE " + each.getKey() + " AS FROM " + Sql.identifier(each.getValue().table)
                    + " LIMIT 0");
        }
        try {
            ScanColumns used = ScanColumns.of(sql, connection);
            for (Map.Entry<String, Unplanned> each : found.entrySet()) {
                planned.add(planned(each.getKey(), each.getValue(), used));
            }
            return planned;
        } finally {
            for (String name : found.keySet()) run("DROP TABLE " + name);
        }
    }

    private PlannedScan planned(String name, Unplanned scan, ScanColumns used) throws SQLException {
        List<String> all =
                scan.source.schema().getFields().stream().map(Field::getName).toList();
        List<String> columns = used.of(name, all);
        if (columns.isEmpty()) columns = List.of(cheapest(scan.source));
        return new PlannedScan(
                name,
                scan.table,
                scan.source,
                columns,
                List.copyOf(columnsOf(scan.table).values()),
                used.isRead(name) ? scan.chosen : Optional.of(Set.of()),
                scan.repeated || used.isReadTwice(name));
    }

    /** The column whose values take the least room, where only the number of rows counts. */
    private static String cheapest(Source source) {
        List<Field> fields = source.schema().getFields();
        return fields.stream()
                .filter(field -> field.getType() instanceof ArrowType.Bool || field.getType() instanceof ArrowType.Int)
                .findFirst()
                .orElse(fields.get(0))
                .getName();
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
