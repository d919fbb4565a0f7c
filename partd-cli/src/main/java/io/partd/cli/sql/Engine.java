package io.partd.cli.sql;

import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.cli.common.Failure;
import io.partd.cli.common.Memory;
import io.partd.cli.store.DirectoryView;
import io.partd.cli.store.StoreView;
import io.partd.cli.store.Stores;
import io.partd.duckdb.PartdDuck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** DuckDB within the memory of a command, and the stores that are open for it. For one thread. */
public final class Engine implements AutoCloseable {
    private final Memory memory;
    private final BufferAllocator allocator;
    private final PartdDuck duck;
    /** What gives back what is open, the last opened first. */
    private final Deque<Runnable> closing = new ArrayDeque<>();

    private DirectoryView written;

    public Engine(Memory memory) {
        this.memory = memory;
        this.allocator = new RootAllocator(memory.forStore());
        this.duck = PartdDuck.open(memory.forReading());
        closing.push(allocator::close);
        closing.push(duck::close);
    }

    public PartdDuck duck() {
        return duck;
    }

    public Memory memory() {
        return memory;
    }

    /**
     * Makes a table of the store or the file that lies there.
     *
     * @param keyColumn the name of one more column of a store, which says under which key a row lies, or null
     * @throws Failure if nothing lies there
     */
    public void table(String name, Path place, String keyColumn) throws IOException {
        if (Files.isRegularFile(place)) {
            duck.table(name, place);
            return;
        }
        ArrowPartd store = source(place);
        if (store.keys().isEmpty()) throw new Failure(place + " is a store without keys");
        if (keyColumn == null) duck.table(name, store);
        else duck.table(name, store, keyColumn);
    }

    /** Opens a store that is read. */
    public ArrowPartd source(Path directory) throws IOException {
        return open(Stores.open(directory, false), ArrowOptions.defaults());
    }

    /**
     * Opens the store that is written to, or makes it.
     *
     * @param append whether it may have keys already
     * @throws Failure if something lies there that is no store, or one with keys that it may not have
     */
    public ArrowPartd target(Path directory, boolean append) throws IOException {
        Stores.requireNoOtherFiles(directory);
        written = new DirectoryView(Partds.file(directory), directory.toString());
        ArrowOptions options =
                ArrowOptions.defaults().withCompression(Stores.COMPRESSION).withStageBytes(memory.toStage());
        ArrowPartd store = open(written.bytes(), options);
        int keys = store.keys().size();
        if (keys > 0 && !append) throw Stores.notEmpty(directory, keys);
        return store;
    }

    private ArrowPartd open(FilePartd bytes, ArrowOptions options) {
        ArrowPartd store = ArrowPartd.over(bytes, allocator, options);
        closing.push(store::close);
        return store;
    }

    /** The store that is written to, as commands see stores; it is closed with the engine. */
    public StoreView written() {
        return written;
    }

    /** Writes what stores have staged first. */
    @Override
    public void close() {
        if (closing.isEmpty()) return;
        try {
            closing.pop().run();
        } finally {
            close();
        }
    }
}
