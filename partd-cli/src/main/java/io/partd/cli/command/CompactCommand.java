package io.partd.cli.command;

import io.partd.FilePartd;
import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.text.Text;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code partd compact}. */
@CommandLine.Command(
        name = "compact",
        description = "Rewrite a store so that each key's bytes lie together, and give back the room of dead ones.",
        footer = {
            "",
            "Needs as much free room as there are live bytes. Readers and writers go on meanwhile.",
            "",
            "Example:",
            "  partd compact flights"
        })
final class CompactCommand extends DirectoryCommand {
    @Option(names = "--json", description = "Print a JSON object instead.")
    boolean json;

    @Override
    boolean changes() {
        return true;
    }

    @Override
    void run(FilePartd store) {
        long started = System.nanoTime();
        FilePartd.Stats before = store.stats();
        store.compact();
        FilePartd.Stats after = store.stats();
        if (json) {
            new Json()
                    .put("before", figures(before))
                    .put("after", figures(after))
                    .putSecondsSince(started)
                    .print();
            return;
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        Output.line(String.format(Locale.ROOT, "from %s to %s, in %.1f s", size(before), size(after), seconds));
    }

    private static Json figures(FilePartd.Stats stats) {
        return new Json().put("bytes_of_files", stats.fileBytes()).put("segments", stats.segments());
    }

    private static String size(FilePartd.Stats stats) {
        return Text.bytes(stats.fileBytes()) + " in " + Text.count(stats.segments(), "segment");
    }
}
