package io.partd.cli.output;

import io.partd.cli.common.Failure;
import io.partd.cli.store.StoreView.TableSource;
import io.partd.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.TransferPair;

/** The rows of several keys, batch by batch and key after key, with dictionaries decoded. For one thread. */
public final class TableRows extends ArrowReader {
    private final TableSource tables;
    private final Iterator<String> keys;
    private final String firstKey;
    private final Schema schema;
    private final LongConsumer progress;
    private String key;
    private ArrowReader reader;

    /**
     * The rows of these keys.
     *
     * @param progress is told the number of rows of each batch
     * @throws Failure if a column holds the numbers of a dictionary's entries within other values
     */
    public TableRows(TableSource tables, List<String> keys, BufferAllocator allocator, LongConsumer progress)
            throws IOException {
        super(allocator);
        this.progress = progress;
        this.tables = tables;
        this.keys = keys.iterator();
        this.firstKey = keys.get(0);
        this.schema = decoded(firstKey);
    }

    private Schema decoded(String of) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (Field field : tables.schema(of).getFields()) {
            field.getChildren().forEach(child -> requirePlain(child, field, of));
            FieldType type = new FieldType(field.isNullable(), field.getType(), null, field.getMetadata());
            fields.add(new Field(field.getName(), type, field.getChildren()));
        }
        return new Schema(fields);
    }

    private static void requirePlain(Field field, Field column, String key) {
        if (field.getDictionary() != null) {
            throw new Failure("column " + Text.quote(column.getName()) + " of key " + Text.quote(key)
                    + " has a dictionary inside its values: only 'partd cat' writes those");
        }
        field.getChildren().forEach(child -> requirePlain(child, column, key));
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        ensureInitialized();
        while (reader == null || !reader.loadNextBatch()) {
            if (!keys.hasNext()) {
                getVectorSchemaRoot().clear();
                return false;
            }
            open(keys.next());
        }
        take(reader.getVectorSchemaRoot());
        progress.accept(getVectorSchemaRoot().getRowCount());
        return true;
    }

    private void open(String next) throws IOException {
        closeReadSource();
        key = next;
        requireSame();
        reader = tables.reader(key);
    }

    private void requireSame() throws IOException {
        Schema other = decoded(key);
        if (other.getFields().isEmpty() || plain(other).equals(plain(schema))) return;
        throw new Failure("key " + Text.quote(key) + " has other columns than key " + Text.quote(firstKey)
                + ": export them by themselves");
    }

    /** Names and types, which is what must be the same. */
    private static List<String> plain(Schema schema) {
        return schema.getFields().stream()
                .map(field -> field.getName() + " " + field.getType() + " " + field.getChildren())
                .toList();
    }

    private void take(VectorSchemaRoot batch) throws IOException {
        List<FieldVector> mine = getVectorSchemaRoot().getFieldVectors();
        for (int i = 0; i < mine.size(); i++) take(batch.getVector(i), mine.get(i));
        getVectorSchemaRoot().setRowCount(batch.getRowCount());
    }

    private void take(FieldVector from, FieldVector to) throws IOException {
        if (from.getField().getDictionary() == null) {
            from.makeTransferPair(to).transfer();
            return;
        }
        Dictionary dictionary = reader.lookup(from.getField().getDictionary().getId());
        try (ValueVector decoded = DictionaryEncoder.decode(from, dictionary, allocator)) {
            TransferPair transfer = decoded.makeTransferPair(to);
            transfer.transfer();
        }
    }

    @Override
    public long bytesRead() {
        return reader == null ? 0 : reader.bytesRead();
    }

    @Override
    protected void closeReadSource() throws IOException {
        if (reader != null) reader.close();
        reader = null;
    }
}
