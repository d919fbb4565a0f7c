package io.partd.cli.shuffle;

import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.cli.common.Failure;
import io.partd.cli.store.Connection;
import io.partd.cli.store.DirectoryView;
import io.partd.cli.store.ServerView;
import io.partd.cli.store.StoreView;
import io.partd.cli.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The store that a shuffle writes to. Who does not append to it has it alone: he holds its lock until it is closed.
 * That is the lock of the bytes, for tables are not staged while theirs is held.
 */
final class ShuffleTarget implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 1;

    private final StoreView view;
    private final ArrowPartd tables;
    private final Lock lock;

    private ShuffleTarget(StoreView view, ArrowPartd tables, Lock lock) {
        this.view = view;
        this.tables = tables;
        this.lock = lock;
    }

    /** @throws Failure if something lies there that is no store, or is to be no other's */
    static ShuffleTarget open(
            String store, Connection connection, boolean append, BufferAllocator allocator, ArrowOptions options)
            throws IOException, InterruptedException {
        StoreView view = view(store, connection);
        try {
            ArrowPartd tables = ArrowPartd.over(view.bytes(), allocator, options);
            return new ShuffleTarget(view, tables, append ? null : lock(view));
        } catch (RuntimeException | InterruptedException | Error e) {
            view.close();
            throw e;
        }
    }

    private static StoreView view(String store, Connection connection) throws IOException {
        if (Connection.isAddress(store)) return new ServerView(connection.connect(store), store);
        Path directory = connection.requireDirectory(store);
        Stores.requireNoOtherFiles(directory);
        return new DirectoryView(Partds.file(directory), store);
    }

    private static Lock lock(StoreView view) throws InterruptedException {
        Lock lock = view.bytes().lock();
        if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new Failure("another process is writing to " + view
                    + ": wait for it, name another store, or add to it with --append");
        }
        int keys = view.keys().size();
        if (keys == 0) return lock;
        lock.unlock();
        throw Stores.notEmpty(view, keys);
    }

    ArrowPartd tables() {
        return tables;
    }

    StoreView view() {
        return view;
    }

    /** Writes what is staged first. */
    @Override
    public void close() {
        try {
            if (lock != null) {
                tables.flush();
                lock.unlock();
            }
        } finally {
            tables.close();
        }
    }
}
