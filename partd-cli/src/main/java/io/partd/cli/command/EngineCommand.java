package io.partd.cli.command;

import io.partd.arrow.ArrowPartd;
import io.partd.cli.common.Interrupt;
import io.partd.cli.common.Memory;
import io.partd.cli.common.Names;
import io.partd.cli.output.Summary;
import io.partd.cli.sql.Engine;
import io.partd.cli.store.Connection;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Option;

/** A command that has DuckDB work on stores in directories. */
abstract class EngineCommand extends Command {
    @Option(names = "--json", description = "Print what was done as a JSON object.")
    boolean json;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = Memory.DEFAULT,
            description = "Use at most about so much memory (default: ${DEFAULT-VALUE}).")
    String memory;

    /** The store that rows go to, once it is open. */
    private String written;

    abstract void run(Engine engine) throws Exception;

    @Override
    final void run() throws Exception {
        try (Interrupt interrupt = new Interrupt();
                Engine engine = new Engine(memory(memory))) {
            boolean done = interrupt.next(() -> {
                run(engine);
                return true;
            });
            if (!done && written != null) {
                System.err.println(
                        spec.qualifiedName() + ": interrupted; " + written + " has some of the rows, or none");
            }
        }
    }

    /** The names in a list of columns. */
    final List<String> columns(String list) {
        try {
            return Names.list(list);
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
    }

    /** All but the first. */
    static String[] more(List<String> columns) {
        return columns.stream().skip(1).toArray(String[]::new);
    }

    /** A directory that was named. */
    final Path directory(String name) {
        if (Connection.isAddress(name)) {
            throw wrongUse(spec.name() + " works on stores' files: name a directory, and not " + name);
        }
        return Path.of(name);
    }

    /**
     * Has rows written to the store in a directory, and says what came of it.
     *
     * @param append whether the store may hold something already
     */
    final void write(Engine engine, String to, boolean append, ToLongFunction<ArrowPartd> work) throws Exception {
        long started = System.nanoTime();
        ArrowPartd store = engine.target(directory(to), append);
        written = to;
        long rows = work.applyAsLong(store);
        store.flush();
        if (json) Summary.printJson(engine.written(), rows, 0, started);
        else Summary.print(engine.written(), rows, 0, (System.nanoTime() - started) / 1e9);
    }
}
