package io.partd.duckdb.engine;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Hands on what another reader has, and closes it; what is different is a subclass's. As thread-safe as the other. */
public abstract class ForwardingReader extends ArrowReader {
    protected final ArrowReader reader;

    protected ForwardingReader(ArrowReader reader, BufferAllocator allocator) {
        super(allocator);
        this.reader = reader;
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
        return reader.getVectorSchemaRoot();
    }

    @Override
    public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
        return reader.getDictionaryVectors();
    }

    @Override
    public Dictionary lookup(long id) {
        return reader.lookup(id);
    }

    @Override
    public Set<Long> getDictionaryIds() {
        return reader.getDictionaryIds();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        return reader.loadNextBatch();
    }

    @Override
    public long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    protected void closeReadSource() throws IOException {
        reader.close();
    }

    @Override
    protected Schema readSchema() throws IOException {
        return reader.getVectorSchemaRoot().getSchema();
    }
}
