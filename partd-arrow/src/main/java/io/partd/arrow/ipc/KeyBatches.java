package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.arrow.column.Batch;
import io.partd.arrow.memory.ScratchPool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The batches under a key, walked over twice: they are kept in between, unless they are many or take memory of their
 * own; then they are read again, one at a time. For one thread.
 */
public final class KeyBatches implements AutoCloseable {
    private static final int MAX_BATCHES = 10_000;
    /** In bytes, of batches that are not read in place. */
    private static final long MAX_COPIED = 256 << 20;

    private final Bytes bytes;
    private final String name;
    private final List<String> columns;
    private final BufferAllocator allocator;
    private final ScratchPool scratch;
    private final BatchReader reader;
    private final Projection projection;
    private final List<Batch> kept = new ArrayList<>();
    private boolean walked;
    private boolean few = true;

    public KeyBatches(Bytes bytes, String name, List<String> columns, BufferAllocator allocator, ScratchPool scratch) {
        this.bytes = bytes;
        this.name = name;
        this.columns = columns;
        this.allocator = allocator;
        this.scratch = scratch;
        this.reader = new BatchReader(bytes, name, allocator, scratch);
        this.projection = reader.project(columns);
    }

    public TableSchema table() {
        return reader.table();
    }

    Projection projection() {
        return projection;
    }

    /** Hands over each batch, which is valid for as long as that takes. */
    public void forEach(Consumer<Batch> action) {
        if (!walked) {
            walked = true;
            readAndKeep(action);
        } else if (few) {
            kept.forEach(action);
        } else {
            try (BatchReader again = new BatchReader(bytes, name, allocator, scratch)) {
                again.project(columns);
                for (Batch batch = again.next(); batch != null; batch = again.next()) {
                    action.accept(batch);
                    again.releaseBatches();
                }
            }
        }
    }

    private void readAndKeep(Consumer<Batch> action) {
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            action.accept(batch);
            few &= kept.size() < MAX_BATCHES && reader.copied() <= MAX_COPIED;
            if (few) {
                kept.add(batch);
            } else {
                kept.clear();
                reader.releaseBatches();
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
