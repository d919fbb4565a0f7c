package io.partd.cli.command;

import io.partd.cli.sql.Engine;
import io.partd.duckdb.DuckSort;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partd sort}. */
@CommandLine.Command(
        name = "sort",
        description = "Sort all rows of a store into another one, in bounded memory.",
        sortOptions = false,
        footer = {
            "",
            "The other store is split by ranges of the first column, and 'partd sql' reads them in their order:"
                    + " ascending, nulls last, equal rows as they were. 'partd export' has the keys in the order of"
                    + " their text, 10 before 2.",
            "",
            "Examples:",
            "  partd sort flights --by date,origin --to sorted",
            "  partd sql sorted \"SELECT * FROM sorted\" --out sorted.parquet"
        })
final class SortCommand extends EngineCommand {
    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the store to read.")
    String from;

    @Option(
            names = "--by",
            required = true,
            paramLabel = "COL[,COL...]",
            description = "The columns; rows that are equal in the first are ordered by the next.")
    String by;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "The directory of the store to write to; made where there is none.")
    String to;

    @Override
    void run(Engine engine) throws Exception {
        List<String> columns = columns(by);
        DuckSort sort = engine.duck().sort(engine.source(directory(from)));
        write(engine, to, false, sort.by(columns.get(0), more(columns))::into);
    }
}
