package io.partd.cli.store;

import io.partd.flight.FlightPartd;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A store that a server serves: nothing is read as a whole that may be large. */
public record ServerView(FlightPartd bytes, String name) implements StoreView {
    /** The server counts. */
    @Override
    public List<KeySize> sizes() {
        return bytes.list().stream()
                .map(each -> new KeySize(each.key(), each.rows(), each.bytes(), KeySize.UNKNOWN))
                .toList();
    }

    @Override
    public List<KeySize> sizes(Set<String> keys) {
        return sizes().stream().filter(each -> keys.contains(each.key())).toList();
    }

    @Override
    public InputStream open(String key) {
        return bytes.openBytes(key);
    }

    @Override
    public TableSource tables(BufferAllocator allocator) {
        return new TableSource() {
            @Override
            public Schema schema(String key) throws IOException {
                try (ArrowReader reader = reader(key)) {
                    return reader.getVectorSchemaRoot().getSchema();
                }
            }

            @Override
            public ArrowReader reader(String key) {
                return new ArrowStreamReader(bytes.openTable(key), allocator, CommonsCompressionFactory.INSTANCE);
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
