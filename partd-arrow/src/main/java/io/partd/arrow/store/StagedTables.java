package io.partd.arrow.store;

import io.partd.arrow.ipc.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/** The tables of a stage, by their schema and in the order in which they came. For one thread at a time. */
final class StagedTables {
    private final BufferAllocator allocator;
    private final Map<TableSchema, List<StagedTable>> bySchema = new LinkedHashMap<>();
    private long bytes;

    StagedTables(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    boolean isEmpty() {
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
        return bySchema.values();
    }

    void forEachKey(IntConsumer action) {
        for (List<StagedTable> group : bySchema.values()) {
            for (StagedTable each : group) {
                for (int run = 0; run < each.runs(); run++) action.accept(each.key(run));
            }
        }
    }

    /** Lets go of some keys' rows, in as many tables of each schema as there were at some time. */
    void remove(IntPredicate gone, Map<TableSchema, Integer> upTo) {
        bySchema.forEach((schema, group) -> {
            ListIterator<StagedTable> each =
                    group.subList(0, upTo.getOrDefault(schema, 0)).listIterator();
            while (each.hasNext()) remove(gone, each);
        });
        bySchema.values().removeIf(List::isEmpty);
    }

    private void remove(IntPredicate gone, ListIterator<StagedTable> at) {
        StagedTable staged = at.next();
        staged.remove(gone);
        if (staged.runs() == 0) {
            at.remove();
        } else if (staged.isSparse()) {
            StagedTable rest;
            try {
                rest = staged.compacted(allocator);
            } catch (OutOfMemoryException e) {
                return; // It keeps more memory than it needs, until there is room for a copy.
            }
            at.set(rest);
            bytes += rest.bytes;
        } else {
            return;
        }
        bytes -= staged.bytes;
        staged.close();
    }

    /** How many tables of each schema there are. */
    Map<TableSchema, Integer> counts() {
        Map<TableSchema, Integer> counts = new LinkedHashMap<>();
        bySchema.forEach((schema, group) -> counts.put(schema, group.size()));
        return counts;
    }

    void clear() {
        bySchema.values().forEach(group -> group.forEach(StagedTable::close));
        bySchema.clear();
        bytes = 0;
    }
}
