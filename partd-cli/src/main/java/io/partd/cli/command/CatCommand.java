package io.partd.cli.command;

import io.partd.cli.common.Bar;
import io.partd.cli.common.Output;
import io.partd.cli.common.Terminal;
import io.partd.cli.store.StoreView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partd cat}. */
@CommandLine.Command(
        name = "cat",
        description = "Write the bytes of a key to standard output, as they are stored: for a table, an Arrow stream.",
        footer = {"", "Example:", "  partd cat flights ATL > ATL.arrows"})
final class CatCommand extends StoreCommand {
    private static final int BLOCK = 1 << 20;

    @Parameters(index = "1", paramLabel = "KEY", description = "The key; after -- where it begins with a dash.")
    String key;

    @Option(names = "--force", description = "Write to a terminal, too.")
    boolean force;

    @Override
    void run(StoreView view) throws IOException {
        view.requireKeys(List.of(key));
        if (Terminal.isOutput() && !force) {
            throw wrongUse("bytes that are no text do a terminal no good: write them to a file, or use --force");
        }
        OutputStream out = Output.stream();
        byte[] block = new byte[BLOCK];
        // beside what is written to a terminal, a bar would be in the way
        try (InputStream in = view.open(key);
                Bar bar = Terminal.isOutput() ? null : new Bar(key, "bytes", Bar.UNKNOWN)) {
            for (int n; (n = in.read(block)) > 0; ) {
                write(out, block, n);
                if (bar != null) bar.add(n);
            }
        }
    }

    private static void write(OutputStream out, byte[] block, int length) {
        try {
            out.write(block, 0, length);
        } catch (IOException e) {
            throw Output.failed(e);
        }
    }
}
