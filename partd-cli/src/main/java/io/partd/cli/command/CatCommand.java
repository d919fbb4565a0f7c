package io.partd.cli.command;

import io.partd.cli.common.Output;
import io.partd.cli.store.StoreView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import picocli.CommandLine;

/** {@code partd cat}. */
@CommandLine.Command(
        name = "cat",
        description = "Write the bytes of a key to standard output, as they are stored: for a table, an Arrow stream.",
        footer = {"", "Example:", "  partd cat flights ATL > ATL.arrows"})
final class CatCommand extends KeyCommand {
    private static final int BLOCK = 1 << 20;

    @Override
    void runKey(StoreView view) throws IOException {
        OutputStream out = Output.stream();
        byte[] block = new byte[BLOCK];
        try (InputStream in = view.open(key)) {
            for (int n; (n = in.read(block)) > 0; ) write(out, block, n);
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
