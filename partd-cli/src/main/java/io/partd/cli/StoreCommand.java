package io.partd.cli;

import io.partd.FilePartd;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A command about a store that exists. */
abstract class StoreCommand extends Command {
    @Parameters(index = "0", paramLabel = "DIR", description = "The store's directory.")
    Path directory;

    abstract void run(FilePartd store) throws Exception;

    @Override
    final void run() throws Exception {
        try (FilePartd store = Stores.open(directory)) {
            run(store);
            Output.flush();
        }
    }
}
