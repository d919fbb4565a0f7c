package io.partd.benchmarks.data;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** The batches of a table one after the other, for those who take them in this form; nothing is copied. */
public final class TablesReader extends ArrowReader {
    private final Tables tables;
    private int next;

    public TablesReader(Tables tables) {
        super(tables.allocator());
        this.tables = tables;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        if (next == tables.sizes().batches()) return false;
        List<VectorSchemaRoot> batches = tables.batches();
        loadRecordBatch(new VectorUnloader(batches.get(next++ % batches.size())).getRecordBatch());
        return true;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return Tables.SCHEMA;
    }
}
