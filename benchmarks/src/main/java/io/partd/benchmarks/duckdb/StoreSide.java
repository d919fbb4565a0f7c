package io.partd.benchmarks.duckdb;

import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.duckdb.DuckOptions;
import io.partd.duckdb.PartdDuck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowReader;

/** partd-duckdb over the stores, with the memory given and two threads. */
final class StoreSide implements AutoCloseable {
    private static final int STAGED_PART = 8;

    private final BufferAllocator allocator = ArrowPartd.sharedAllocator();
    private final SpeedData data;
    private final Path out;
    private final long memory;
    private final PartdDuck duck;

    /** @param out a directory for what is written */
    StoreSide(SpeedData data, Path out, long memory) {
        this.data = data;
        this.out = out;
        this.memory = memory;
        this.duck = PartdDuck.open(DuckOptions.memory(memory).threads(2).temporaryIn(out));
    }

    /** What a statement gives, over a store of the same name as its table. */
    String row(String store, String sql) throws IOException {
        try (ArrowPartd table = data.open(store, allocator, 0)) {
            duck.table(store, table);
            return onlyRow(sql);
        }
    }

    /** What a statement over all that a statement gives key by key, as table {@code parts}, gives. */
    String eachKey(List<String> stores, String sql, String total) throws IOException {
        List<ArrowPartd> open =
                stores.stream().map(store -> data.open(store, allocator, 0)).toList();
        try (ArrowPartd parts = result(0)) {
            for (int i = 0; i < stores.size(); i++) duck.table(stores.get(i), open.get(i));
            duck.eachKey(sql).into(parts);
            duck.table("parts", parts);
            return onlyRow(total);
        } finally {
            open.forEach(ArrowPartd::close);
        }
    }

    private ArrowPartd result(long staged) {
        return new SpeedData(out, 0).open("result", allocator, staged);
    }

    private String onlyRow(String sql) throws IOException {
        try (ArrowReader rows = duck.query(sql).reader()) {
            rows.loadNextBatch();
            List<FieldVector> columns = rows.getVectorSchemaRoot().getFieldVectors();
            return columns.stream()
                    .map(column -> String.valueOf(column.getObject(0)))
                    .collect(Collectors.joining(" "));
        }
    }

    /** Joins two stores into a third, and says how many rows it has. */
    String join(String left, String right, String column) {
        try (ArrowPartd l = data.open(left, allocator, 0);
                ArrowPartd r = data.open(right, allocator, 0);
                ArrowPartd joined = result(0)) {
            return String.valueOf(duck.join(l, r).on(column).into(joined));
        }
    }

    String sort(String store, String column) {
        try (ArrowPartd from = data.open(store, allocator, 0);
                ArrowPartd sorted = result(0)) {
            return String.valueOf(duck.sort(from).by(column).into(sorted));
        }
    }

    /** Reads a Parquet file into a store that is split by a column. */
    String read(String table, String column) {
        try (ArrowPartd into = result(memory / STAGED_PART)) {
            Partitioner by = Partitioner.hash(SpeedData.PARTS, column);
            return String.valueOf(
                    duck.read(data.parquet(table).toString()).by(by).into(into).rows());
        }
    }

    @Override
    public void close() {
        duck.close();
    }
}
