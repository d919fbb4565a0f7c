package io.partd.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** Writing the parts of a table, or reading them, with {@link PeerFiles}. */
final class PeerWorkload implements Workload {
    private final Setting setting;
    private final Tables tables;
    private final boolean reads;
    private BufferAllocator allocator;
    private Path directory;

    PeerWorkload(Setting setting, Tables tables, boolean reads) {
        this.setting = setting;
        this.tables = tables;
        this.reads = reads;
    }

    @Override
    public String name() {
        return "t " + (reads ? TableForm.READER_SUM : "write") + " ArrowStreamWriter";
    }

    @Override
    public String limit() {
        return TableLayout.compressed(CodecType.NO_COMPRESSION).name(reads ? TableForm.READER_SUM.toString() : "write");
    }

    @Override
    public long bytes() {
        return tables.bytes();
    }

    @Override
    public long rows() {
        return tables.sizes().rows();
    }

    @Override
    public void prepare() throws IOException {
        tables.batches();
        directory = Directories.create(setting);
        allocator = tables.allocator().newChildAllocator(name(), 0, Long.MAX_VALUE);
        if (reads) write();
        else PlainFiles.warmMemory(directory, bytes());
    }

    @Override
    public long run() throws IOException {
        return reads ? PeerFiles.read(directory, allocator) : write();
    }

    private long write() throws IOException {
        List<VectorSchemaRoot> batches = tables.batches();
        long rows = 0;
        try (PeerFiles files = new PeerFiles(directory, allocator)) {
            for (int i = 0; i < tables.sizes().batches(); i++) rows += files.append(batches.get(i % batches.size()));
        }
        return rows;
    }

    @Override
    public void clean() throws IOException {
        if (allocator != null) allocator.close();
        allocator = null;
        Directories.delete(directory);
    }
}
