package io.partd.cli;

import io.partd.FilePartd;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code partd ls}. */
@CommandLine.Command(
        name = "ls",
        description = "List the keys of a store, with their rows, bytes, and the number of chunks they lie in.",
        footer = {"", "Example:", "  partd ls flights --json"})
final class LsCommand extends StoreCommand {
    @Option(names = "--json", description = "Print a JSON array instead; rows are null where a key holds no table.")
    boolean json;

    @Override
    void run(FilePartd store) {
        List<KeySize> sizes = KeySize.all(store);
        if (json) printJson(sizes);
        else print(sizes);
    }

    private static void print(List<KeySize> sizes) {
        TextTable table = new TextTable("key", "rows", "bytes", "chunks").right(1, 2, 3);
        for (KeySize each : sizes) {
            table.row(
                    Text.oneLine(each.key()),
                    each.rows() == IpcRows.NONE ? "-" : Text.count(each.rows()),
                    Text.count(each.bytes()),
                    Text.count(each.chunks()));
        }
        table.print();
    }

    private static void printJson(List<KeySize> sizes) {
        Output.line("[");
        for (int i = 0; i < sizes.size(); i++) {
            KeySize each = sizes.get(i);
            Output.line("  {\"key\": " + Text.json(each.key()) + ", \"rows\": "
                    + (each.rows() == IpcRows.NONE ? "null" : each.rows()) + ", \"bytes\": " + each.bytes()
                    + ", \"chunks\": " + each.chunks() + "}" + (i + 1 < sizes.size() ? "," : ""));
        }
        Output.line("]");
    }
}
