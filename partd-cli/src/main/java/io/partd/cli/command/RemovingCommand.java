package io.partd.cli.command;

import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.store.KeySize;
import io.partd.text.Text;
import java.util.List;
import picocli.CommandLine.Option;

/** A command that removes keys, and says how much that was. */
abstract class RemovingCommand extends StoreCommand {
    @Option(names = "--json", description = "Print a JSON object instead.")
    boolean json;

    @Override
    final boolean changes() {
        return true;
    }

    static String described(List<KeySize> sizes) {
        return Text.count(sizes.size(), "key") + " with " + Text.bytes(bytes(sizes));
    }

    /** @param of the words that follow, which say where it was */
    final void printRemoved(List<KeySize> sizes, String of) {
        if (!json) Output.line("removed " + described(sizes) + of);
        else
            new Json()
                    .put("removed_keys", sizes.size())
                    .put("removed_bytes", bytes(sizes))
                    .print();
    }

    private static long bytes(List<KeySize> sizes) {
        return sizes.stream().mapToLong(KeySize::bytes).sum();
    }
}
