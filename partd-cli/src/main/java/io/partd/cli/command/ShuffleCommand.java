package io.partd.cli.command;

import io.partd.arrow.ArrowOptions;
import io.partd.cli.common.Memory;
import io.partd.cli.common.Names;
import io.partd.cli.input.Inputs;
import io.partd.cli.shuffle.PartitionOptions;
import io.partd.cli.shuffle.Shuffle;
import io.partd.cli.store.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
            "command fails or is interrupted. SIZE is for example 256MB or 2GiB. At a server, a",
            "shuffle needs the rights to read and to append.",
            "",
            "Examples:",
            "  partd shuffle flights.parquet --by origin --values --to flights",
            "  partd shuffle 'logs/*.csv' --by user --partitions 64 --to logs.partd --compress zstd",
            "  partd shuffle flights.parquet --by distance --range 500,1000,2000 --to by-distance"
        })
final class ShuffleCommand extends Command {
    /** Names as users write them. */
    enum Compression {
        none(CodecType.NO_COMPRESSION),
        lz4(CodecType.LZ4_FRAME),
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
                    "Parquet, CSV, JSON, Arrow files or streams; globs in quotes; - is an Arrow stream on standard"
                            + " input.")
    List<String> inputs;

    @Option(
            names = "--by",
            required = true,
            paramLabel = "COLUMN[,COLUMN]",
            description = "The columns that decide which partition a row goes to.")
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
            description = "Store these columns and those of --by, instead of all.")
    String columns;

    @Option(
            names = "--compress",
            paramLabel = "none|lz4|zstd",
            defaultValue = "none",
            description = "Compress the columns, as the Arrow format says: every Arrow reader can read them.")
    Compression compress;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = Memory.DEFAULT,
            description = "Use at most about so much memory (default: ${DEFAULT-VALUE}).")
    String memory;

    @Option(names = "--append", description = "Add to the store if it exists, instead of refusing to.")
    boolean append;

    @Override
    void run() throws Exception {
        new Shuffle(job()).run();
    }

    private Shuffle.Job job() throws IOException {
        List<String> keys;
        List<String> stored;
        try {
            keys = Names.list(by);
            how.check(keys);
            stored = columns == null ? List.of() : stored(keys);
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
        Memory limit = limit();
        ArrowOptions options =
                ArrowOptions.defaults().withCompression(compress.codec).withStageBytes(limit.toStage());
        return new Shuffle.Job(Inputs.find(inputs), keys, how, stored, to, connection, append, options, limit);
    }

    private Memory limit() {
        try {
            return Memory.parse(memory);
        } catch (IllegalArgumentException e) {
            throw wrongUse("--memory: " + e.getMessage());
        }
    }

    private List<String> stored(List<String> keys) {
        Set<String> all = new LinkedHashSet<>(Names.list(columns));
        all.addAll(keys);
        return new ArrayList<>(all);
    }
}
