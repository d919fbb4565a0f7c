package io.partd.cli;

import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The store that a shuffle writes to. Who does not append to it has it alone: he holds its lock until it is closed.
 * That is the lock of the bytes, for tables are not staged while theirs is held.
 */
final class Target implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 1;

    private final FilePartd bytes;
    private final ArrowPartd tables;
    private final Lock lock;

    private Target(FilePartd bytes, ArrowPartd tables, Lock lock) {
        this.bytes = bytes;
        this.tables = tables;
        this.lock = lock;
    }

    /** @throws Failure if something lies there that is no store, or is to be no other's */
    static Target open(Path directory, boolean append, BufferAllocator allocator, ArrowOptions options)
            throws IOException, InterruptedException {
        if (Files.isDirectory(directory) && !Stores.isEmpty(directory) && !Stores.isStore(directory)) {
            throw new Failure(directory + " holds other files: name an empty directory, or one to be made");
        }
        FilePartd bytes = Partds.file(directory);
        try {
            ArrowPartd tables = ArrowPartd.over(bytes, allocator, options);
            return new Target(bytes, tables, append ? null : lock(bytes, directory));
        } catch (RuntimeException | InterruptedException | Error e) {
            bytes.close();
            throw e;
        }
    }

    private static Lock lock(FilePartd bytes, Path directory) throws InterruptedException {
        Lock lock = bytes.lock();
        if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new Failure("another process is writing to " + directory
                    + ": wait for it, name another directory, or add to it with --append");
        }
        int keys = bytes.keys().size();
        if (keys == 0) return lock;
        lock.unlock();
        throw new Failure(directory + " is a store with " + Text.count(keys, "key")
                + ": add to it with --append, or name another directory");
    }

    ArrowPartd tables() {
        return tables;
    }

    FilePartd bytes() {
        return bytes;
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
