package io.partd.cli.command;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.FilePartd;
import io.partd.arrow.ArrowPartd;
import io.partd.cli.common.Bar;
import io.partd.cli.common.Failure;
import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.store.Tables;
import io.partd.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code partd verify}. */
@CommandLine.Command(
        name = "verify",
        description = "Read all bytes of a store against their checksums, and decode all its tables.",
        footer = {
            "",
            "Exit code 1 and a line for each broken key where something is broken.",
            "",
            "Example:",
            "  partd verify flights && echo fine"
        })
final class VerifyCommand extends DirectoryCommand {
    @Option(names = "--json", description = "Print a JSON object instead.")
    boolean json;

    private final byte[] block = new byte[1 << 20];
    private int tables;
    private int others;
    private final List<Json> broken = new ArrayList<>();
    private long rows;
    private long bytes;

    @Override
    void run(FilePartd store) throws IOException {
        long started = System.nanoTime();
        long all = store.stats().liveBytes();
        try (BufferAllocator allocator = new RootAllocator();
                Bar bar = new Bar(directory, "rows", Bar.UNKNOWN)) {
            ArrowPartd arrow = ArrowPartd.over(store, allocator);
            for (String key : store.keys()) {
                verify(store, arrow, key);
                bar.show(rows, bytes, (double) bytes / all);
            }
        }
        if (json) printJson(started);
        String read = Text.count(tables, "table") + " with " + Text.count(rows, "row")
                + (others == 0 ? "" : ", " + Text.count(others, "key") + " with other bytes") + ", "
                + Text.bytes(bytes) + String.format(Locale.ROOT, ", in %.1f s", (System.nanoTime() - started) / 1e9);
        if (!broken.isEmpty()) throw new Failure(Text.count(broken.size(), "key") + " broken; sound: " + read);
        if (!json) Output.line("sound: " + read);
    }

    private void printJson(long started) {
        new Json()
                .put("sound", broken.isEmpty())
                .put("tables", tables)
                .put("rows", rows)
                .put("other_keys", others)
                .put("bytes", bytes)
                .put("broken", broken)
                .putSecondsSince(started)
                .print();
    }

    private void verify(FilePartd store, ArrowPartd arrow, String key) throws IOException {
        try {
            Bytes value = store.get(key);
            readAll(value);
            if (Tables.isTable(value)) {
                rows += decode(arrow, key);
                tables++;
            } else others++;
            bytes += value.size();
        } catch (CorruptPartdException e) {
            broken.add(new Json().put("key", key).put("reason", e.getMessage()));
            if (!json) Output.line("broken: key " + Text.quote(key) + ": " + Text.oneLine(e.getMessage()));
        }
    }

    private void readAll(Bytes value) throws IOException {
        InputStream in = value.newInputStream();
        while (in.read(block) > 0) continue;
    }

    private static long decode(ArrowPartd arrow, String key) throws IOException {
        long count = 0;
        try (ArrowReader reader = arrow.reader(key)) {
            while (reader.loadNextBatch()) count += reader.getVectorSchemaRoot().getRowCount();
        }
        return count;
    }
}
