package io.partd.cli.sql;

import io.partd.cli.store.StoreView.TableSource;
import io.partd.duckdb.DuckQuery;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** What a statement gives, as the table of one key. Its rows can be read once, while the statement runs. */
public final class Answer implements TableSource, AutoCloseable {
    /** The key of the table. */
    public static final List<String> KEYS = List.of("the statement");

    private final ArrowReader reader;
    private boolean handedOut;

    public Answer(DuckQuery query) {
        this.reader = query.reader();
    }

    /** Where the rows lie: who takes them over has to use the same. */
    public BufferAllocator allocator() throws IOException {
        return reader.getVectorSchemaRoot().getVector(0).getAllocator();
    }

    /** The columns; DuckDB has dictionaries for texts alone (ENUM). */
    @Override
    public Schema schema(String key) throws IOException {
        return new Schema(reader.getVectorSchemaRoot().getSchema().getFields().stream()
                .map(field -> field.getDictionary() == null ? field : texts(field))
                .toList());
    }

    private static Field texts(Field field) {
        FieldType type =
                new FieldType(field.isNullable(), new ArrowType.Utf8(), field.getDictionary(), field.getMetadata());
        return new Field(field.getName(), type, List.of());
    }

    /** The rows, to be closed by who asks for them. */
    @Override
    public ArrowReader reader(String key) {
        handedOut = true;
        return reader;
    }

    @Override
    public void close() throws IOException {
        if (!handedOut) reader.close();
    }
}
