package io.partd.duckdb.query;

import io.partd.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of several keys, batch by batch and key after key; the columns of a batch lie where the store's reader has
 * them. Dictionaries are handed on where all keys have them for a column, with numbers of the same kind, and decoded
 * elsewhere. Failures name the key. For one thread at a time.
 */
final class KeysReader extends ArrowReader {
    /** Where tables are read from, by key. */
    interface Tables {
        Schema schema(String key);

        ArrowReader reader(BufferAllocator allocator, String key, String... columns);
    }

    private final Tables tables;
    /** The name of the column that holds the key, or null. */
    private final String keyColumn;

    private final Iterator<String> keys;
    /** As they are stored, so that fields with a dictionary have the type of its values. */
    private final List<Field> fields;
    /** What the store's reader is asked for: all of them but the key's own. */
    private final String[] stored;

    private String key;
    private ArrowReader reader;
    private VectorSchemaRoot current;
    /** Vectors of the current batch that are not the store's reader's. */
    private final List<FieldVector> made = new ArrayList<>();

    KeysReader(Tables tables, Schema schema, String keyColumn, Source.Part part, BufferAllocator allocator) {
        super(allocator);
        this.tables = tables;
        this.keyColumn = keyColumn;
        this.keys = part.keys().iterator();
        this.fields = part.columns().stream()
                .map(column -> isKey(column) ? schema.findField(column) : field(schema.findField(column), part.keys()))
                .toList();
        this.stored = part.columns().stream().filter(name -> !isKey(name)).toArray(String[]::new);
    }

    /** A field of the batches: with a dictionary, where that of each key has one like it. */
    private Field field(Field plain, List<String> all) {
        DictionaryEncoding first = null;
        for (String each : all) {
            Schema schema = tables.schema(each);
            if (schema.getFields().isEmpty()) continue;
            DictionaryEncoding encoding = encoding(schema, plain.getName());
            if (encoding == null || first != null && !first.getIndexType().equals(encoding.getIndexType()))
                return plain;
            if (first == null) first = encoding;
        }
        if (first == null) return plain;
        FieldType type = new FieldType(plain.isNullable(), plain.getType(), first, plain.getMetadata());
        return new Field(plain.getName(), type, plain.getChildren());
    }

    private static DictionaryEncoding encoding(Schema schema, String column) {
        return schema.getFields().stream()
                .filter(field -> field.getName().equals(column))
                .findFirst()
                .map(Field::getDictionary)
                .orElse(null);
    }

    private boolean isKey(String column) {
        return column.equals(keyColumn);
    }

    @Override
    protected Schema readSchema() {
        return new Schema(fields);
    }

    /** The batch that was loaded last, or a table without rows. */
    @Override
    public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
        return current == null ? super.getVectorSchemaRoot() : current;
    }

    /** That of the batch that was loaded last; before there is one, an empty one. */
    @Override
    public Dictionary lookup(long id) {
        return current == null ? super.lookup(id) : reader.lookup(id);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        ensureInitialized();
        release();
        try {
            while (reader == null || !reader.loadNextBatch()) {
                if (!openNext()) return false;
            }
            current = batch(reader.getVectorSchemaRoot());
            return true;
        } catch (IOException | RuntimeException e) {
            if (key == null) throw e;
            throw new IOException("key " + Text.quote(key) + ": " + e.getMessage(), e);
        }
    }

    /** Goes on to the next key that has columns. */
    private boolean openNext() throws IOException {
        closeReadSource();
        while (keys.hasNext()) {
            key = keys.next();
            Schema schema = tables.schema(key);
            if (schema.getFields().isEmpty()) continue;
            for (Field field : fields) if (!isKey(field.getName())) requireSame(schema, field);
            // Where nothing but the key is asked for, a column still says how many rows there are.
            String[] some = {schema.getFields().get(0).getName()};
            reader = tables.reader(allocator, key, stored.length > 0 ? stored : some);
            return true;
        }
        key = null;
        return false;
    }

    private static void requireSame(Schema schema, Field field) {
        for (Field other : schema.getFields()) {
            if (!other.getName().equals(field.getName())) continue;
            if (sameTypes(other, field)) return;
            throw new IllegalArgumentException("column " + Text.quote(field.getName()) + " is " + other.getType()
                    + " here, and " + field.getType() + " under other keys");
        }
        throw new IllegalArgumentException(
                "column " + Text.quote(field.getName()) + " is missing here, and is there under other keys");
    }

    private static boolean sameTypes(Field a, Field b) {
        if (!a.getType().equals(b.getType())
                || a.getChildren().size() != b.getChildren().size()) return false;
        for (int i = 0; i < a.getChildren().size(); i++) {
            if (!sameTypes(a.getChildren().get(i), b.getChildren().get(i))) return false;
        }
        return true;
    }

    private VectorSchemaRoot batch(VectorSchemaRoot loaded) throws IOException {
        int rows = loaded.getRowCount();
        List<FieldVector> vectors = new ArrayList<>();
        int next = 0;
        for (Field field : fields) {
            vectors.add(isKey(field.getName()) ? keyVector(field, rows) : handedOn(loaded.getVector(next++), field));
        }
        return new VectorSchemaRoot(vectors.stream().map(FieldVector::getField).toList(), vectors, rows);
    }

    private FieldVector handedOn(FieldVector vector, Field field) {
        if (vector.getField().getDictionary() == null || field.getDictionary() != null) return vector;
        Dictionary dictionary = reader.lookup(vector.getField().getDictionary().getId());
        FieldVector decoded = (FieldVector) DictionaryEncoder.decode(vector, dictionary, allocator);
        made.add(decoded);
        return decoded;
    }

    private FieldVector keyVector(Field field, int rows) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        VarCharVector vector = new VarCharVector(field, allocator);
        made.add(vector);
        vector.allocateNew((long) text.length * rows, rows);
        for (int i = 0; i < rows; i++) vector.setSafe(i, text);
        vector.setValueCount(rows);
        return vector;
    }

    private void release() {
        made.forEach(FieldVector::close);
        made.clear();
        current = null;
    }

    @Override
    public long bytesRead() {
        return reader == null ? 0 : reader.bytesRead();
    }

    @Override
    protected void closeReadSource() throws IOException {
        release();
        if (reader != null) reader.close();
        reader = null;
    }
}
