package io.partd.arrow.ipc;

import io.partd.arrow.column.Batch;
import io.partd.arrow.column.Column;
import io.partd.arrow.column.DictionaryColumns;
import io.partd.arrow.column.DictionaryIndexColumn;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/** Makes batches of roots, in place: they are valid as long as the root is, and unchanged. */
public final class RootBatches {
    private final TableSchema table;
    private final DictionaryProvider provider;
    private final Batch[] dictionaries;

    private RootBatches(TableSchema table, DictionaryProvider provider) {
        this.table = table;
        this.provider = provider;
        this.dictionaries = new Batch[table.dictionaries.size()];
    }

    /** The batch of a root of that schema, checked, with its dictionaries. */
    public static Batch of(TableSchema table, VectorSchemaRoot root, DictionaryProvider provider) {
        return new RootBatches(table, provider).of(root);
    }

    private Batch of(VectorSchemaRoot root) {
        for (DictionaryColumns dictionary : table.dictionaries) {
            FieldVector entries = provider.lookup(dictionary.id).getVector();
            Batch batch = new Batch(entries.getValueCount(), dictionary.nodes, "dictionary " + dictionary.id, 0);
            add(dictionary.values, entries, batch);
            dictionaries[dictionary.number] = batch;
        }
        int rows = root.getRowCount();
        Batch batch = new Batch(rows, table.nodes, "the table", 0);
        List<FieldVector> vectors = root.getFieldVectors();
        for (int i = 0; i < table.columns.length; i++) add(table.columns[i], vectors.get(i), batch);
        for (Column column : table.columns) {
            if (batch.lengths[column.in] != rows) {
                throw new IllegalArgumentException("column " + column.name() + " has " + batch.lengths[column.in]
                        + " values, and the table " + rows + " rows: set the row count");
            }
            batch.check(column);
        }
        return batch;
    }

    private void add(Column column, FieldVector vector, Batch batch) {
        int views = VectorFiller.storage(vector) instanceof BaseVariableWidthViewVector view
                ? view.getDataBuffers().size()
                : 0;
        // The number of nulls is counted where the column is checked.
        batch.beginNode(column.in, vector.getValueCount(), -1, views);
        List<ArrowBuf> buffers = vector.getFieldBuffers();
        List<FieldVector> children = vector.getChildrenFromFields();
        if (buffers.size() != column.buffers + views || children.size() != column.children.size()) {
            throw new IllegalArgumentException(
                    "column " + column.name() + " is in a " + vector.getClass().getName()
                            + " with " + buffers.size() + " buffers and " + children.size() + " children, not "
                            + (column.buffers + views) + " and " + column.children.size());
        }
        for (ArrowBuf buffer : buffers) batch.addBuffer(buffer.memoryAddress(), buffer.capacity());
        if (column instanceof DictionaryIndexColumn kept) batch.dictionaries[column.in] = dictionaries[kept.dictionary];
        for (int i = 0; i < children.size(); i++) add(column.children.get(i), children.get(i), batch);
    }
}
