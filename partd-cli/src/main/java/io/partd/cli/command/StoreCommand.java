package io.partd.cli.command;

import io.partd.cli.common.Output;
import io.partd.cli.store.Connection;
import io.partd.cli.store.StoreView;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command about a store that exists, in a directory or at a server. */
abstract class StoreCommand extends Command {
    @Parameters(index = "0", paramLabel = "STORE", description = Connection.STORE)
    String store;

    @Mixin
    Connection connection;

    abstract void run(StoreView view) throws Exception;

    /** Whether it changes the store; what does not may work where the store may not be written. */
    boolean changes() {
        return false;
    }

    @Override
    final void run() throws Exception {
        try (StoreView view = StoreView.open(store, connection, changes())) {
            run(view);
            Output.flush();
        }
    }
}
