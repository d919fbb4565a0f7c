package io.partd.duckdb.read;

import io.partd.duckdb.CsvOptions;
import io.partd.duckdb.engine.MemoryPlan;
import io.partd.duckdb.engine.Sql;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Files as DuckDB reads them: calls of its functions. */
final class FileSql {
    private FileSql() {}

    /** The files of a kind, in the order given. */
    static String table(FileKind kind, List<Path> files, CsvOptions csv, MemoryPlan memory) {
        String options = switch (kind) {
            case CSV -> ", buffer_size = " + memory.csvBuffer() + of(csv);
            case NDJSON -> ", format = 'newline_delimited'";
            default -> "";
        };
        return kind.function + "("
                + list(files.stream().map(file -> Sql.noGlob(file.toString())).toList()) + ", hive_partitioning = false"
                + options + ")";
    }

    private static String of(CsvOptions csv) {
        StringBuilder options = new StringBuilder();
        csv.delimiter().ifPresent(text -> add(options, "delim", Sql.literal(text)));
        csv.header().ifPresent(there -> add(options, "header", there.toString()));
        csv.encoding().ifPresent(name -> add(options, "encoding", Sql.literal(name)));
        csv.quote().ifPresent(text -> add(options, "quote", Sql.literal(text)));
        csv.decimalSeparator().ifPresent(text -> add(options, "decimal_separator", Sql.literal(text)));
        if (!csv.nulls().isEmpty()) add(options, "nullstr", list(csv.nulls()));
        if (!csv.types().isEmpty()) add(options, "types", types(csv));
        if (csv.allText()) add(options, "all_varchar", "true");
        if (csv.ignoreErrors()) add(options, "store_rejects", "true");
        return options.toString();
    }

    private static void add(StringBuilder options, String name, String value) {
        options.append(", ").append(name).append(" = ").append(value);
    }

    private static String types(CsvOptions csv) {
        return csv.types().entrySet().stream()
                .map(type -> Sql.literal(type.getKey()) + ": " + Sql.literal(type.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String list(Collection<String> texts) {
        return texts.stream().map(Sql::literal).collect(Collectors.joining(", ", "[", "]"));
    }
}
