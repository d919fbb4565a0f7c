package io.partd.cli;

import io.partd.FilePartd;
import picocli.CommandLine.Parameters;

/** A command about one key of a store. */
abstract class KeyCommand extends StoreCommand {
    @Parameters(index = "1", paramLabel = "KEY", description = "The key; after -- where it begins with a dash.")
    String key;

    abstract void runKey(FilePartd store) throws Exception;

    @Override
    final void run(FilePartd store) throws Exception {
        Stores.requireKey(store, key, directory);
        runKey(store);
    }
}
