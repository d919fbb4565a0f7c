package io.partd.cli.command;

import io.partd.FilePartd;
import io.partd.cli.common.Output;
import io.partd.text.Text;
import java.util.Locale;
import picocli.CommandLine;

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
        double seconds = (System.nanoTime() - started) / 1e9;
        Output.line(String.format(Locale.ROOT, "from %s to %s, in %.1f s", size(before), size(after), seconds));
    }

    private static String size(FilePartd.Stats stats) {
        return Text.bytes(stats.fileBytes()) + " in " + Text.count(stats.segments(), "segment");
    }
}
