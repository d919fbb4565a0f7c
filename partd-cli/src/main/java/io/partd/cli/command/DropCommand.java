package io.partd.cli.command;

import io.partd.cli.common.Failure;
import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.store.KeySize;
import io.partd.cli.store.StoreView;
import io.partd.text.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code partd drop}. */
@CommandLine.Command(
        name = "drop",
        description = "Remove everything in a store. Asks first. An empty store stays, which can be shuffled to.",
        footer = {"", "Example:", "  partd drop flights --yes"})
final class DropCommand extends StoreCommand {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Option(names = "--json", description = "Print a JSON object instead.")
    boolean json;

    @Override
    boolean changes() {
        return true;
    }

    @Override
    void run(StoreView view) throws IOException {
        List<KeySize> sizes = view.sizes();
        long bytes = sizes.stream().mapToLong(KeySize::bytes).sum();
        String what = Text.count(sizes.size(), "key") + " with " + Text.bytes(bytes) + " in " + view;
        if (!yes && !agrees(what)) throw new Failure("nothing was removed, for nobody said yes, nor --yes");
        view.bytes().drop();
        if (json)
            new Json()
                    .put("removed_keys", sizes.size())
                    .put("removed_bytes", bytes)
                    .print();
        else Output.line("removed " + what);
    }

    private static boolean agrees(String what) throws IOException {
        System.err.print("Remove " + what + "? [y/N] ");
        System.err.flush();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        String answer = in.readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
