package io.partd.cli.command;

import io.partd.FilePartd;
import io.partd.cli.common.Output;
import io.partd.text.Text;
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
        FilePartd.Stats before = store.stats();
        store.compact();
        FilePartd.Stats after = store.stats();
        Output.line("from " + size(before) + " to " + size(after));
    }

    private static String size(FilePartd.Stats stats) {
        return Text.bytes(stats.fileBytes()) + " in " + Text.count(stats.segments(), "segment");
    }
}
