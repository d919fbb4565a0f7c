package io.partd.cli.command;

import io.partd.FilePartd;
import io.partd.cli.common.Output;
import io.partd.cli.store.Connection;
import io.partd.cli.store.Stores;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A command about the files of a store. */
abstract class DirectoryCommand extends Command {
    @Parameters(index = "0", paramLabel = "DIR", description = "The store's directory.")
    String directory;

    abstract void run(FilePartd store) throws Exception;

    /** Whether it changes the store; what does not may work where the store may not be written. */
    boolean changes() {
        return false;
    }

    @Override
    final void run() throws Exception {
        if (Connection.isAddress(directory)) {
            throw wrongUse(spec.name() + " works on a store's files: run it on the server's machine, with the directory"
                    + " that is served; the server may go on");
        }
        try (FilePartd store = Stores.open(Path.of(directory), changes())) {
            run(store);
            Output.flush();
        }
    }
}
