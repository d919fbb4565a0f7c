package io.partd.arrow.store;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.arrow.Partitioner;
import io.partd.arrow.UnwrittenKeysException;
import io.partd.arrow.store.StageModel.Part;
import io.partd.arrow.store.StageModel.Written;
import io.partd.arrow.testing.Dice;
import io.partd.arrow.testing.RefusingPartd;
import io.partd.arrow.testing.SmallTables;
import io.partd.testing.ForwardingPartd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Random steps on a staged store, in which keys fail: another handle gives them another schema or partitioner, or the
 * store below refuses them. After each step what lies below is compared with a model.
 */
final class StageRandomRun implements AutoCloseable {
    private static final int KEYS = 6;
    private static final List<Partitioner> PARTITIONERS =
            List.of(Partitioner.values("x"), Partitioner.range("x", 1L, 2L, 3L, 4L));
    /** So many rows of 16-bit run ends, appended to three keys, are more than one batch can have. */
    private static final int RUN = 12_000;

    private final Dice dice;
    private final BufferAllocator allocator;
    private final Supplier<Partd<Bytes>> open;
    private final RefusingPartd below;
    private final ArrowPartd other;
    private final ArrowOptions options;
    private final StageModel model = new StageModel();
    private ArrowPartd store;

    StageRandomRun(long seed, Supplier<Partd<Bytes>> open, BufferAllocator allocator) {
        this.dice = new Dice(seed);
        this.allocator = allocator;
        this.open = open;
        this.options = ArrowOptions.defaults().withStageBytes(dice.oneOf(List.of(3_000, 20_000, 1 << 20)));
        this.below = new RefusingPartd(open.get());
        this.other = ArrowPartd.over(open.get(), allocator);
        this.store = ArrowPartd.over(new Unclosed(below), allocator, options);
    }

    /** The store below stays open when the layer is closed, and is used again. */
    private static final class Unclosed extends ForwardingPartd<Bytes> {
        Unclosed(Partd<Bytes> inner) {
            super(inner);
        }

        @Override
        public void close() {
            flush();
        }
    }

    void step() {
        switch (dice.below(14)) {
            case 0 -> flush();
            case 1 -> get(key());
            case 2 -> assertEquals(model.keys(), store.keys());
            case 3 -> delete();
            case 4 -> meddle();
            case 5 -> refuse();
            case 6 -> underLock();
            case 7 -> reopen();
            case 8, 9 -> appendParts();
            default -> append(1 + dice.below(3));
        }
        observe();
    }

    private String key() {
        return "" + dice.below(KEYS);
    }

    /** Whether nothing but what happens in this run keeps rows of a key from being written. */
    private boolean isBad(String key) {
        return below.refused.contains(key) || model.clashes(key);
    }

    private void append(int count) {
        Map<String, VectorSchemaRoot> tables = new LinkedHashMap<>();
        Map<String, Part> parts = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String key = key();
            int type = dice.chance(80) ? Integer.parseInt(key) % 3 : dice.below(3);
            if (tables.containsKey(key)) continue;
            long value = dice.below(1_000_000);
            tables.put(key, table(type, (int) value));
            parts.put(key, new Part(type, null, List.of(value)));
        }
        try {
            append(parts, null, () -> store.append(tables));
        } finally {
            tables.values().forEach(VectorSchemaRoot::close);
        }
    }

    private VectorSchemaRoot table(int type, int value) {
        return type == 2 ? SmallTables.run(value, RUN, allocator) : SmallTables.typed(type, value, allocator);
    }

    private void appendParts() {
        Partitioner by = dice.oneOf(PARTITIONERS);
        Map<String, Part> parts = new TreeMap<>();
        for (int value = 0; value < KEYS - 1; value++) {
            if (dice.chance(50)) parts.put("" + value, new Part(0, by.toString(), List.of((long) value)));
        }
        try (VectorSchemaRoot table = SmallTables.longs(
                parts.values().stream().map(part -> part.rows().get(0)).toList(), allocator)) {
            append(parts, by.toString(), () -> store.append(table, by));
        }
    }

    /** An append that nothing speaks against succeeds, and one that fails has left nothing. */
    private void append(Map<String, Part> parts, String by, Runnable call) {
        boolean good = parts.keySet().stream().noneMatch(this::isBad) && !model.isPartitionedOtherwise(by);
        for (Map.Entry<String, Part> each : parts.entrySet()) {
            good &= !model.hasOtherType(each.getKey(), each.getValue().type());
        }
        try {
            call.run();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            if (good) throw e;
            return;
        }
        parts.forEach(model::accept);
    }

    private void flush() {
        Set<String> named = Set.of();
        try {
            store.flush();
        } catch (UnwrittenKeysException e) {
            named = e.keys();
            assertNamed(named, e);
        }
        observe();
        assertEquals(model.waiting(), named, "what was not written is named, and nothing else");
        for (String key : named) assertTrue(isBad(key), key);
    }

    private static void assertNamed(Set<String> keys, UnwrittenKeysException e) {
        assertFalse(keys.isEmpty());
        for (String key : keys) assertTrue(e.getMessage().contains("\"" + key + "\""), e.getMessage());
    }

    private void get(String key) {
        try {
            long rows = store.rows(key);
            observe();
            assertEquals(List.of(), model.waiting(key));
            Written written = model.written(key);
            assertEquals(written.rows().size() * (written.type() == 2 ? RUN : 1), rows);
        } catch (UnwrittenKeysException e) {
            assertEquals(Set.of(key), e.keys());
            observe();
            assertFalse(model.waiting(key).isEmpty());
            assertTrue(isBad(key), key);
        }
    }

    private void delete() {
        if (dice.chance(20)) {
            store.drop();
            model.keys().forEach(model::delete);
            return;
        }
        List<String> keys = List.of(key(), key());
        store.delete(keys);
        keys.forEach(model::delete);
    }

    /** Another handle changes a key, maybe while rows of it are staged. */
    private void meddle() {
        String key = key();
        int type = dice.below(3);
        Written now = new Written(type, null, List.of(7L));
        if (dice.chance(70)) other.delete(key);
        else if (model.written(key) != Written.NOTHING) return;
        if (dice.chance(30)) {
            int value = dice.below(KEYS - 1);
            Partitioner by = Partitioner.range("x", 1L, 2L, 3L, 4L);
            key = "" + value;
            other.delete(other.keys());
            model.keys().forEach(each -> model.replace(each, Written.NOTHING));
            now = new Written(0, by.toString(), List.of((long) value));
            try (VectorSchemaRoot table = SmallTables.longs(now.rows(), allocator)) {
                other.append(table, by);
            }
        } else {
            try (VectorSchemaRoot table = table(type, 7)) {
                other.append(key, table);
            }
        }
        model.replace(key, now);
    }

    private void refuse() {
        below.failure = dice.chance(50)
                ? IllegalArgumentException::new
                : message -> new UncheckedIOException(new IOException(message));
        below.refused.clear();
        for (int i = dice.below(3); i > 0; i--) below.refused.add(key());
    }

    private void underLock() {
        Lock lock = store.lock();
        lock.lock();
        try {
            observe();
            for (String key : model.waiting()) assertTrue(isBad(key), key);
            append(2);
            observe();
            for (String key : model.waiting()) assertTrue(isBad(key), key);
        } finally {
            lock.unlock();
        }
    }

    private void reopen() {
        Set<String> lost = Set.of();
        try {
            store.close();
        } catch (UnwrittenKeysException e) {
            lost = e.keys();
            assertNamed(lost, e);
        }
        observe();
        assertEquals(model.waiting(), lost, "close loses what it names, and nothing else");
        for (String key : lost) assertTrue(isBad(key), key);
        model.loseWaiting();
        store = ArrowPartd.over(new Unclosed(below), allocator, options);
    }

    /** Compares all keys with the model, as another handle sees them. */
    private void observe() {
        TreeSet<String> keys = model.keys();
        keys.addAll(other.keys());
        for (String key : keys) model.observe(key, read(key));
    }

    private Written read(String key) {
        Schema schema = other.schema(key);
        if (schema.getFields().isEmpty()) return Written.NOTHING;
        List<Long> rows = new ArrayList<>();
        try (ArrowReader reader = other.reader(key)) {
            while (reader.loadNextBatch()) addRows(reader.getVectorSchemaRoot(), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int type = switch (schema.getFields().get(0).getType().getTypeID()) {
            case Int -> 0;
            case Utf8 -> 1;
            default -> 2;
        };
        return new Written(type, schema.getCustomMetadata().get("partd.partitioner"), rows);
    }

    private static void addRows(VectorSchemaRoot batch, List<Long> rows) {
        FieldVector x = batch.getVector(0);
        if (x instanceof RunEndEncodedVector) {
            SmallIntVector ends = (SmallIntVector) x.getChildrenFromFields().get(0);
            BigIntVector values = (BigIntVector) x.getChildrenFromFields().get(1);
            for (int i = 0, start = 0; i < ends.getValueCount(); start = ends.get(i++)) {
                assertEquals(0, (ends.get(i) - start) % RUN, "appends are whole");
                rows.addAll(Collections.nCopies((ends.get(i) - start) / RUN, values.get(i)));
            }
            return;
        }
        for (int i = 0; i < batch.getRowCount(); i++)
            rows.add(Long.valueOf(x.getObject(i).toString()));
    }

    @Override
    public void close() {
        below.refused.clear();
        store.drop();
        store.close();
        below.close();
        other.close();
    }
}
