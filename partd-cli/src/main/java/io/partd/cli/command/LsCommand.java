package io.partd.cli.command;

import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.common.TextTable;
import io.partd.cli.store.KeySize;
import io.partd.cli.store.StoreView;
import io.partd.text.Text;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code partd ls}. */
@CommandLine.Command(
        name = "ls",
        description = "List the keys of a store, with their rows, bytes, and the number of chunks they lie in.",
        footer = {
            "",
            "Examples:",
            "  partd ls flights --json",
            "  partd ls grpc+tls://example.org:8815 --token token.txt"
        })
final class LsCommand extends StoreCommand {
    @Option(
            names = "--json",
            description = "Print a JSON array instead; rows are null where a key holds no table,"
                    + " and chunks where a server has the store.")
    boolean json;

    @Override
    void run(StoreView view) {
        List<KeySize> sizes = view.sizes();
        if (json) printJson(sizes);
        else print(sizes);
    }

    private static void print(List<KeySize> sizes) {
        TextTable table = new TextTable("key", "rows", "bytes", "chunks").right(1, 2, 3);
        for (KeySize each : sizes) {
            table.row(Text.oneLine(each.key()), count(each.rows()), Text.count(each.bytes()), count(each.chunks()));
        }
        table.print();
    }

    /** A number that is not known, or that the key does not have, is less than 0. */
    private static String count(long number) {
        return number < 0 ? "-" : Text.count(number);
    }

    private static void printJson(List<KeySize> sizes) {
        Output.line("[");
        for (int i = 0; i < sizes.size(); i++) {
            KeySize each = sizes.get(i);
            Json key = new Json()
                    .put("key", each.key())
                    .putKnown("rows", each.rows())
                    .put("bytes", each.bytes())
                    .putKnown("chunks", each.chunks());
            Output.line("  " + key + (i + 1 < sizes.size() ? "," : ""));
        }
        Output.line("]");
    }
}
