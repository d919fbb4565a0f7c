package io.partd.cli.command;

import io.partd.arrow.Partitioner;
import io.partd.cli.common.Bar;
import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.output.Export;
import io.partd.cli.output.ExportFormat;
import io.partd.cli.output.FirstRows;
import io.partd.cli.output.TableRows;
import io.partd.cli.sql.Answer;
import io.partd.cli.sql.Engine;
import io.partd.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partd sql}. */
@CommandLine.Command(
        name = "sql",
        description = "Ask stores and files a question in SQL, as DuckDB understands it.",
        sortOptions = false,
        footer = {
            "",
            "A table is called as its directory, or as its file without the ending; NAME=TABLE calls it otherwise. Only"
                    + " the columns and keys that a statement needs are read.",
            "",
            "Examples:",
            "  partd sql flights \"SELECT origin, avg(delay) d FROM flights GROUP BY 1 ORDER BY d\"",
            "  partd sql flights a=airports.csv \"SELECT city, count(*) FROM flights JOIN a"
                    + " ON origin = iata GROUP BY 1\" --out cities.parquet",
            "  partd sql flights \"SELECT * FROM flights ORDER BY delay DESC LIMIT 3\"" + " --each-key --to worst",
            "  partd sql flights \"FROM flights\" --split 'hash(64, \"destination\")' --to arrivals"
        })
final class SqlCommand extends EngineCommand {
    private static final int MOST_SHOWN = 1_000;
    private static final String NAMED = "([\\p{L}_][\\p{L}\\p{N}_]*)=(.+)";

    @Parameters(
            arity = "1..*",
            paramLabel = "[TABLE...] STATEMENT",
            hideParamSyntax = true,
            description = "Directories of stores and files (Parquet, CSV, JSON, Arrow), then one SELECT.")
    List<String> arguments;

    @Option(
            names = "--format",
            paramLabel = "csv|json|parquet|arrow",
            description =
                    "Write this instead of a table of text; json is one object a line. OUT's name says it where it"
                            + " ends so.")
    ExportFormat format;

    @Option(names = "--out", paramLabel = "OUT", description = "A file to write, instead of standard output.")
    String out;

    @Option(names = "--force", description = "Replace a file that is there.")
    boolean force;

    @Option(
            names = "--key-column",
            paramLabel = "NAME",
            description = "Add a column to stores that says under which key a row lies.")
    String keyColumn;

    @Option(names = "--each-key", description = "Ask it of each key by itself: totals are those of one key.")
    boolean eachKey;

    @Option(
            names = "--split",
            paramLabel = "HOW",
            description = "How rows are split that go to a store: values(\"COL\"), hash(64, \"COL\"), as 'partd schema'"
                    + " says it of a store.")
    String split;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The directory of a store that gets the rows: with --each-key under the same keys, else as"
                    + " --split says.")
    String to;

    @Option(names = "--append", description = "Add to that store if it holds something, instead of refusing to.")
    boolean append;

    @Override
    void run(Engine engine) throws Exception {
        requireSense();
        String statement = arguments.get(arguments.size() - 1);
        for (Map.Entry<String, Path> table : tables().entrySet()) {
            engine.table(table.getKey(), table.getValue(), keyColumn);
        }
        if (eachKey) {
            write(engine, to, append, engine.duck().eachKey(statement)::into);
            return;
        }
        if (to != null) {
            write(engine, to, append, engine.duck().query(statement).by(partitioner())::into);
            return;
        }
        try (Answer answer = new Answer(engine.duck().query(statement))) {
            if (out == null && format == null) show(answer);
            else write(engine, answer);
        }
    }

    private static void show(Answer answer) throws IOException {
        try (TableRows rows = new TableRows(answer, Answer.KEYS, answer.allocator(), more -> {})) {
            FirstRows first = new FirstRows(rows.getVectorSchemaRoot(), MOST_SHOWN);
            long seen = 0;
            while (seen <= MOST_SHOWN && rows.loadNextBatch()) {
                first.add(rows.getVectorSchemaRoot());
                seen += rows.getVectorSchemaRoot().getRowCount();
            }
            first.print();
            Output.flush();
            if (seen > MOST_SHOWN) {
                System.err.println("partd sql: these are the first " + Text.count(MOST_SHOWN, "row")
                        + ": --format and --out have all");
            }
        }
    }

    private void write(Engine engine, Answer answer) throws Exception {
        long started = System.nanoTime();
        ExportFormat as = format == null ? ExportFormat.of(out) : format;
        try (Bar bar = new Bar(out == null ? "sql" : out, "rows", Bar.UNKNOWN);
                Export export = new Export(answer, answer.allocator(), as, engine.memory(), bar)) {
            if (out == null) {
                export.toOutput(Answer.KEYS, "partd sql: interrupted");
                return;
            }
            export.toFile(Answer.KEYS, Path.of(out), "partd sql: interrupted; " + out + " was not written");
            Output.line(json ? json(export, started) : summary(export, (System.nanoTime() - started) / 1e9));
        }
    }

    private static String json(Export export, long started) {
        return new Json()
                .put("rows", export.rows())
                .put("bytes", export.bytes())
                .putSecondsSince(started)
                .toString();
    }

    private String summary(Export export, double seconds) {
        return String.format(
                Locale.ROOT,
                "%s in %.1f s; %s in %s",
                Text.count(export.rows(), "row"),
                seconds,
                Text.bytes(export.bytes()),
                Text.oneLine(out));
    }

    private void requireSense() {
        if (!arguments.get(arguments.size() - 1).strip().contains(" ")) {
            throw wrongUse("the statement is missing: partd sql TABLE... \"SELECT ...\"");
        }
        if ((eachKey || split != null) != (to != null)) {
            throw wrongUse("rows go to a store by --to DIR and one of --each-key and --split HOW");
        }
        if (eachKey && split != null) throw wrongUse("--each-key keeps the keys: leave --split away");
        if (to != null && (out != null || format != null)) {
            throw wrongUse("with --to rows go to a store: leave --out and --format away");
        }
        if (out != null && format == null && ExportFormat.of(out) == null) {
            throw wrongUse("--format is missing: arrow, parquet, csv or json");
        }
        if (out != null) Export.requirePlace(Path.of(out), force);
        if (json && out == null && to == null) throw wrongUse("--json says what was written: add --out or --to");
    }

    private Partitioner partitioner() {
        try {
            return Partitioner.parse(split);
        } catch (IllegalArgumentException e) {
            throw wrongUse("--split: " + e.getMessage());
        }
    }

    /** What is named, by its name. */
    private Map<String, Path> tables() {
        Map<String, Path> tables = new LinkedHashMap<>();
        for (String argument : arguments.subList(0, arguments.size() - 1)) {
            boolean named = argument.matches(NAMED) && !Files.exists(Path.of(argument));
            Path place = directory(named ? argument.replaceFirst(NAMED, "$2") : argument);
            String name = named ? argument.replaceFirst(NAMED, "$1") : name(place);
            if (tables.put(name, place) != null) {
                throw wrongUse("two tables are called " + name + ": call one otherwise, NAME=" + place);
            }
        }
        return tables;
    }

    /** The last part of a path; of a file, up to the first dot. */
    private static String name(Path place) {
        Path last = place.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "root" : last.toString();
        int dot = name.indexOf('.');
        return dot > 0 && Files.isRegularFile(place) ? name.substring(0, dot) : name;
    }
}
