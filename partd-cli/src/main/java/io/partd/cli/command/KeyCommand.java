package io.partd.cli.command;

import io.partd.cli.store.StoreView;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command about one key of a store. */
abstract class KeyCommand extends StoreCommand {
    @Parameters(index = "1", paramLabel = "KEY", description = "The key; after -- where it begins with a dash.")
    String key;

    abstract void runKey(StoreView view) throws Exception;

    @Override
    final void run(StoreView view) throws Exception {
        view.requireKeys(List.of(key));
        runKey(view);
    }
}
