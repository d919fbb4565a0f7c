package io.partd.arrow.store;

import io.partd.arrow.ipc.TableSchema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/**
 * The tables of a stage, by their schema and in the order in which they came. Which rows are to go is said before the
 * step after which they must not be there any more: if an error keeps them from being removed then, they are before
 * anybody looks again. For one thread at a time.
 */
final class StagedTables {
    private final BufferAllocator allocator;
    private final Map<TableSchema, List<StagedTable>> bySchema = new LinkedHashMap<>();
    /** Whose rows are to go, in as many tables of each schema; null if nobody's. */
    private BitSet gone;

    private Map<TableSchema, Integer> goneUpTo;
    private long bytes;

    StagedTables(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    boolean isEmpty() {
        settle();
        return bySchema.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    void add(StagedTable staged) {
        bySchema.computeIfAbsent(staged.table, table -> new ArrayList<>()).add(staged);
        bytes += staged.bytes;
    }

    /** Whether rows of a key could come to lie in tables of two schemas, which differ in metadata or the like. */
    boolean mixes(TableSchema table) {
        for (TableSchema each : bySchema.keySet()) {
            if (each != table && (each.accepts(table) || table.accepts(each))) return true;
        }
        return false;
    }

    /** Whether some of them were partitioned by something else. */
    boolean isPartitionedOtherwise(String by) {
        return by != null
                && bySchema.keySet().stream()
                        .anyMatch(each -> each.partitioner != null && !each.partitioner.equals(by));
    }

    /** All tables, as those of each schema. */
    Collection<List<StagedTable>> groups() {
        settle();
        return bySchema.values();
    }

    void forEachKey(IntConsumer action) {
        settle();
        for (List<StagedTable> group : bySchema.values()) {
            for (StagedTable each : group) {
                for (int run = 0; run < each.runs(); run++) action.accept(each.key(run));
            }
        }
    }

    /** The rows of the keys in a set, as it is then, go with the next look, in as many tables as there were once. */
    void willRemove(BitSet keys, Map<TableSchema, Integer> upTo) {
        settle();
        gone = keys;
        goneUpTo = upTo;
    }

    /** Nothing goes of what was to. */
    void keepAll() {
        gone = null;
    }

    /** Removes what was to go. */
    void settle() {
        if (gone == null) return;
        for (Map.Entry<TableSchema, List<StagedTable>> each : bySchema.entrySet()) {
            int count = goneUpTo.getOrDefault(each.getKey(), 0);
            for (int i = 0; i < count; i++) each.getValue().get(i).remove(gone);
        }
        gone = null;
        for (List<StagedTable> group : bySchema.values()) tidy(group.listIterator());
        bySchema.values().removeIf(List::isEmpty);
    }

    private void tidy(ListIterator<StagedTable> at) {
        while (at.hasNext()) {
            StagedTable staged = at.next();
            if (staged.runs() > 0 && !staged.isSparse()) continue;
            StagedTable rest = null;
            try {
                if (staged.runs() > 0) rest = staged.compacted(allocator);
            } catch (OutOfMemoryException | OutOfMemoryError e) {
                continue; // It keeps more memory than it needs, until there is room for a copy.
            }
            if (rest == null) at.remove();
            else at.set(rest);
            bytes += (rest == null ? 0 : rest.bytes) - staged.bytes;
            staged.close();
        }
    }

    /** How many tables of each schema there are. */
    Map<TableSchema, Integer> counts() {
        settle();
        Map<TableSchema, Integer> counts = new LinkedHashMap<>();
        bySchema.forEach((schema, group) -> counts.put(schema, group.size()));
        return counts;
    }

    void clear() {
        bySchema.values().forEach(group -> group.forEach(StagedTable::close));
        bySchema.clear();
        gone = null;
        bytes = 0;
    }
}
