package io.partd.arrow.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Record batches of one schema, each with the dictionaries that it goes with, in random physical forms; and the rows
 * that they stand for, known from how they were made. Closing it frees everything that it handed out.
 */
public final class RandomTable implements AutoCloseable {
    private final String name;
    private final Shape shape;
    private final Dice dice;
    private final BufferAllocator allocator;
    private final Loader loader;
    private final List<VectorSchemaRoot> batches = new ArrayList<>();
    private final List<Pools> pools = new ArrayList<>();
    private final List<List<List<Object>>> rows = new ArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    RandomTable(String name, Shape shape, BufferAllocator allocator, Dice dice) {
        this.name = name;
        this.shape = shape;
        this.dice = dice;
        this.allocator = allocator;
        this.loader = new Loader(allocator, dice);
    }

    /** Adds a batch whose dictionaries are those of the batch before it, or longer ones, or others. */
    void add(int rowCount) {
        Pools own = nextPools(rowCount);
        RandomValues values = new RandomValues(dice, own.entries());
        List<List<Object>> columns = new ArrayList<>();
        for (Field field : schema().getFields()) columns.add(values.column(field, rowCount));
        pools.add(own);
        rows.add(Rows.transpose(columns, rowCount));
        batches.add(root(own, columns, rowCount));
    }

    private Pools nextPools(int rowCount) {
        Pools last = pools.isEmpty() ? null : pools.get(pools.size() - 1);
        boolean usable = last != null && (rowCount == 0 || !last.entries().containsValue(List.of()));
        if (usable && dice.chance(30)) return last;
        boolean extend = last != null && dice.chance(50);
        Pools next = extend
                ? last.extended(shape, dice, loader)
                : Pools.draw(shape, dice, loader, rowCount == 0 && dice.chance(50));
        open.push(next);
        return next;
    }

    private VectorSchemaRoot root(Pools own, List<List<Object>> columns, int rowCount) {
        List<FieldVector> vectors = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Field field = schema().getFields().get(i);
            PhysicalForm form = PhysicalForm.draw(field, dice, own.entries().containsValue(List.of()));
            vectors.add(form.make(field, columns.get(i), own, dice, loader));
        }
        VectorSchemaRoot root = new VectorSchemaRoot(schema(), vectors, rowCount);
        open.push(root);
        return root;
    }

    public Shape shape() {
        return shape;
    }

    public Schema schema() {
        return shape.schema();
    }

    public List<VectorSchemaRoot> batches() {
        return List.copyOf(batches);
    }

    /** The dictionaries of a batch; neighbours may share one provider. */
    public MapDictionaryProvider provider(int batch) {
        return pools.get(batch).provider();
    }

    /** What {@link Rows#of} has to give for a batch. */
    public List<List<Object>> rows(int batch) {
        return rows.get(batch);
    }

    public List<List<Object>> rows() {
        return Rows.concat(rows);
    }

    /** The same rows over the same dictionaries in another physical form, drawn anew. */
    public VectorSchemaRoot variant(int batch) {
        List<List<Object>> columns = new ArrayList<>();
        for (int i = 0; i < schema().getFields().size(); i++) {
            List<Object> column = new ArrayList<>();
            for (List<Object> row : rows(batch)) column.add(row.get(i));
            columns.add(column);
        }
        return root(pools.get(batch), columns, rows(batch).size());
    }

    public BufferAllocator allocator() {
        return allocator;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) closeOne(open.pop());
    }

    private static void closeOne(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("a random table did not close", e);
        }
    }

    /** Names the seed, for messages of failed tests. */
    @Override
    public String toString() {
        return name + ": " + schema();
    }
}
