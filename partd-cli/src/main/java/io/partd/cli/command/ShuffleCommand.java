package io.partd.cli.command;

import io.partd.arrow.ArrowOptions;
import io.partd.cli.common.Memory;
import io.partd.cli.common.Names;
import io.partd.cli.shuffle.InputOptions;
import io.partd.cli.shuffle.PartitionOptions;
import io.partd.cli.shuffle.Shuffle;
import io.partd.cli.shuffle.ShuffleSource;
import io.partd.cli.store.Connection;
import io.partd.cli.store.Stores;
import io.partd.duckdb.DuckRead;
import io.partd.duckdb.PartdDuck;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partd shuffle}. */
@CommandLine.Command(
        name = "shuffle",
        description = "Split the rows of files into partitions, in bounded memory.",
        sortOptions = false,
        footer = {
            "",
            "A hash of one column is Apache Iceberg's bucket transform. What was written stays when the",
            "command fails or is interrupted. CSV, JSON and Parquet on standard input are kept in a temporary",
            "file while they are read. SIZE is for example 256MB or 2GiB. At a server, a",
            "shuffle needs the rights to read and to append.",
            "",
            "Examples:",
            "  partd shuffle flights.parquet --by origin --values --to flights",
            "  partd shuffle 'logs/*.csv' --by user --partitions 64 --to logs.partd --compress zstd",
            "  partd shuffle flights.parquet --by distance --range 500,1000,2000 --to by-distance",
            "  partd shuffle flights.parquet --by \"month(date)\" --values --where \"delay > 60\" --to late",
            "  zcat log.csv.gz | partd shuffle - --by user --partitions auto --types zip=VARCHAR --to logs",
            "  partd shuffle flights.parquet --by date --range auto:16 --to by-date --dry-run"
        })
final class ShuffleCommand extends Command {
    /** Names as users write them. */
    enum Compression {
        none(CodecType.NO_COMPRESSION),
        lz4(Stores.COMPRESSION),
        zstd(CodecType.ZSTD);

        final CodecType codec;

        Compression(CodecType codec) {
            this.codec = codec;
        }
    }

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description =
                    "Parquet, CSV, JSON, Arrow files or streams; globs in quotes; - is one of these on standard input.")
    List<String> inputs;

    @Option(
            names = "--by",
            required = true,
            paramLabel = "COLUMN[,COLUMN]",
            description = "The columns that decide which partition a row goes to, or expressions of DuckDB's SQL, which"
                    + " are stored as columns.")
    String by;

    @ArgGroup(multiplicity = "1")
    PartitionOptions how;

    @Option(names = "--to", required = true, paramLabel = "STORE", description = Connection.STORE)
    String to;

    @Mixin
    Connection connection;

    @Option(
            names = "--columns",
            paramLabel = "COLUMN,...",
            description = "Store these columns, or expressions with AS, and those of --by, instead of all.")
    String columns;

    @Option(names = "--where", paramLabel = "SQL", description = "Store those rows alone for which this is true.")
    String where;

    @Mixin
    InputOptions input;

    @Option(
            names = "--compress",
            paramLabel = "none|lz4|zstd",
            defaultValue = "lz4",
            description = "Compress the columns, as the Arrow format says: every Arrow reader can read them (default:"
                    + " ${DEFAULT-VALUE}).")
    Compression compress;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = Memory.DEFAULT,
            description = "Use at most about so much memory (default: ${DEFAULT-VALUE}).")
    String memory;

    @Option(names = "--append", description = "Add to the store if it exists, instead of refusing to.")
    boolean append;

    @Option(names = "--json", description = "Print what was done, or would be, as a JSON object.")
    boolean json;

    @Option(names = "--dry-run", description = "Read the inputs, show columns, rows and partitions, and make nothing.")
    boolean dry;

    @Override
    void run() throws Exception {
        Memory limit = memory(memory);
        ArrowOptions options =
                ArrowOptions.defaults().withCompression(compress.codec).withStageBytes(limit.toStage());
        try (PartdDuck duck = PartdDuck.open(limit.forReading())) {
            new Shuffle(new Shuffle.Job(read(duck), to, connection, append, dry, json, options, limit)).run();
        }
    }

    private DuckRead read(PartdDuck duck) {
        try {
            List<String> stored = columns == null ? List.of() : Names.list(columns);
            return new ShuffleSource(inputs, Names.list(by), stored, Optional.ofNullable(where), input, how).read(duck);
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
    }
}
