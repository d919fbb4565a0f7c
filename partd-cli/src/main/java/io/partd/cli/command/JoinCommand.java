package io.partd.cli.command;

import io.partd.cli.sql.Engine;
import io.partd.duckdb.DuckJoin;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partd join}. */
@CommandLine.Command(
        name = "join",
        description = "Join two stores that are split alike, key by key, into another one, in bounded memory.",
        sortOptions = false,
        footer = {
            "",
            "Both are split by columns that they are joined on, in the same way: 'partd sql --split'"
                    + " splits one that is not. The rows have the first store's columns, then those of the second that are not joined on.",
            "",
            "Examples:",
            "  partd join flights weather --on origin,date --to joined",
            "  partd join flights delayed --on origin --kind anti --to punctual"
        })
final class JoinCommand extends EngineCommand {
    /** Which rows there are. */
    enum Kind {
        inner,
        left,
        semi,
        anti
    }

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the first store to read.")
    String left;

    @Parameters(index = "1", paramLabel = "DIR2", description = "The directory of the second.")
    String right;

    @Option(
            names = "--on",
            required = true,
            paramLabel = "COL[,COL...]",
            description = "The columns that must be equal, which both have; null equals nothing.")
    String on;

    @Option(
            names = "--kind",
            paramLabel = "inner|left|semi|anti",
            defaultValue = "inner",
            description = "inner: pairs (default); left: also rows of the first store that match none; semi, anti: rows"
                    + " of the first store alone, which match some, or none.")
    Kind kind;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR3",
            description = "The directory of the store to write to; made where there is none.")
    String to;

    @Option(names = "--append", description = "Add to that store if it holds something, instead of refusing to.")
    boolean append;

    @Override
    void run(Engine engine) throws Exception {
        List<String> columns = columns(on);
        DuckJoin join = engine.duck().join(engine.source(directory(left)), engine.source(directory(right)));
        DuckJoin wanted = switch (kind) {
            case inner -> join;
            case left -> join.left();
            case semi -> join.semi();
            case anti -> join.anti();
        };
        write(engine, to, append, wanted.on(columns.get(0), more(columns))::into);
    }
}
