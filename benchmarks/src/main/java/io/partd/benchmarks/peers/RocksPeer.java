package io.partd.benchmarks.peers;

import io.partd.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.StringAppendOperator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB, whose merge operator appends. Without its log an append is in the memory of the process alone, so that the
 * tables in memory are written to files when all is appended; neither is synced.
 */
final class RocksPeer implements BytePeer<List<Map.Entry<byte[], byte[]>>> {
    private final WriteOptions writes = new WriteOptions();
    private final Options options = new Options()
            .setCreateIfMissing(true)
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setMergeOperator(new StringAppendOperator(""));
    private final boolean log;
    private RocksDB store;

    static {
        RocksDB.loadLibrary();
    }

    RocksPeer(boolean log) {
        this.log = log;
        writes.setDisableWAL(!log);
    }

    @Override
    public List<Map.Entry<byte[], byte[]>> batch(Map<String, Bytes> values) {
        List<Map.Entry<byte[], byte[]>> batch = new ArrayList<>();
        values.forEach((key, value) -> batch.add(Map.entry(bytes(key), value.toArray())));
        return batch;
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void open(Path directory, List<String> keys, long memoryLimit) throws RocksDBException {
        store = RocksDB.open(options, directory.toString());
    }

    @Override
    public void append(List<Map.Entry<byte[], byte[]>> batch) throws RocksDBException {
        try (WriteBatch all = new WriteBatch()) {
            for (Map.Entry<byte[], byte[]> value : batch) all.merge(value.getKey(), value.getValue());
            store.write(writes, all);
        }
    }

    @Override
    public void settle() throws RocksDBException {
        if (log) return;
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            store.flush(wait);
        }
    }

    @Override
    public byte[] get(String key) throws RocksDBException {
        byte[] value = store.get(bytes(key));
        return value == null ? new byte[0] : value;
    }

    @Override
    public void close() {
        if (store != null) store.close();
        store = null;
    }
}
