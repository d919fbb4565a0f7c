package io.partd.cli.command;

import io.partd.cli.common.Failure;
import io.partd.cli.store.KeySize;
import io.partd.cli.store.StoreView;
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
final class DropCommand extends RemovingCommand {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Override
    void run(StoreView view) throws IOException {
        List<KeySize> sizes = view.sizes();
        String what = described(sizes) + " in " + view;
        if (!yes && !agrees(what)) throw new Failure("nothing was removed, for nobody said yes, nor --yes");
        view.bytes().drop();
        printRemoved(sizes, " in " + view);
    }

    private static boolean agrees(String what) throws IOException {
        System.err.print("Remove " + what + "? [y/N] ");
        System.err.flush();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        String answer = in.readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
