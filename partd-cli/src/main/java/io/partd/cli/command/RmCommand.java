package io.partd.cli.command;

import io.partd.cli.store.KeySize;
import io.partd.cli.store.StoreView;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code partd rm}. */
@CommandLine.Command(
        name = "rm",
        description = "Remove keys from a store, all of them at once, or none where one is not there.",
        footer = {
            "",
            "The room that they take in the store's files is given back by 'partd compact'. A server needs a token"
                    + " with the right to remove.",
            "",
            "Example:",
            "  partd rm flights ATL SEA"
        })
final class RmCommand extends RemovingCommand {
    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY",
            description = "Which keys; after -- where one begins with a dash.")
    List<String> keys;

    @Override
    void run(StoreView view) {
        view.requireKeys(keys);
        List<KeySize> sizes = view.sizes(Set.copyOf(keys));
        view.bytes().delete(keys);
        printRemoved(sizes, " from " + view);
    }
}
