package io.partd.cli.store;

import io.partd.FilePartd;
import io.partd.arrow.ArrowPartd;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** The store in a directory. */
public record DirectoryView(FilePartd bytes, String name) implements StoreView {
    @Override
    public List<KeySize> sizes() {
        return KeySize.all(bytes);
    }

    @Override
    public List<KeySize> sizes(Set<String> keys) {
        return KeySize.of(bytes, keys);
    }

    @Override
    public InputStream open(String key) {
        return bytes.get(key).newInputStream();
    }

    @Override
    public TableSource tables(BufferAllocator allocator) {
        ArrowPartd tables = ArrowPartd.over(bytes, allocator);
        return new TableSource() {
            @Override
            public Schema schema(String key) {
                return tables.schema(key);
            }

            @Override
            public ArrowReader reader(String key) {
                return tables.reader(key);
            }
        };
    }

    @Override
    public void close() {
        bytes.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
