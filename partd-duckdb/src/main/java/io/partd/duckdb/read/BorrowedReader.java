package io.partd.duckdb.read;

import io.partd.duckdb.engine.ForwardingReader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Somebody else's reader, which stays open when this is closed. */
final class BorrowedReader extends ForwardingReader {
    BorrowedReader(ArrowReader reader, BufferAllocator allocator) {
        super(reader, allocator);
    }

    @Override
    protected void closeReadSource() {}

    @Override
    public void close() {}
}
