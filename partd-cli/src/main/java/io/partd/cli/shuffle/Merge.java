package io.partd.cli.shuffle;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowStream;
import io.partd.cli.common.Bar;
import io.partd.cli.common.Errors;
import io.partd.cli.common.Failure;
import io.partd.cli.common.Interrupt;
import io.partd.cli.store.Connection;
import io.partd.cli.store.Tables;
import io.partd.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Appends what lies under the keys of some stores to the same keys of another, store after store. */
public final class Merge implements AutoCloseable {
    private static final int KEYS_AT_ONCE = 1_000;
    private static final long BYTES_AT_ONCE = 64 << 20;

    private final List<FilePartd> sources;
    private final List<String> names;
    private final String to;
    private final Interrupt interrupt = new Interrupt();
    private long keys;
    private long bytes;

    /** @param names what the sources are called in errors */
    public Merge(List<FilePartd> sources, List<String> names, String to) {
        this.sources = sources;
        this.names = names;
        this.to = to;
    }

    /**
     * Does it, once it is known that all tables of a key have the same columns. Returns whether it came to its end.
     *
     * @param append whether the store may hold something already
     */
    public boolean run(boolean append) throws IOException, InterruptedException {
        try (BufferAllocator allocator = new RootAllocator();
                ShuffleTarget target =
                        ShuffleTarget.open(to, new Connection(), append, allocator, ArrowOptions.defaults())) {
            FilePartd store = (FilePartd) target.view().bytes();
            check(store);
            copy(store);
            return !interrupt.cut();
        }
    }

    /** How many keys were taken over, each as often as it stands in a source. */
    public long keys() {
        return keys;
    }

    /** How many bytes of values were taken over. */
    public long bytes() {
        return bytes;
    }

    /** Where a key holds something in several stores, it has to be of one kind. */
    private void check(FilePartd target) {
        List<FilePartd> stores = new ArrayList<>(List.of(target));
        stores.addAll(sources);
        List<String> all = new ArrayList<>(List.of(to));
        all.addAll(names);
        Map<String, Integer> first = new HashMap<>();
        String partitioner = null;
        for (int i = 0; i < stores.size(); i++) {
            SortedSet<String> held = stores.get(i).keys();
            String other = partitioner(stores.get(i), held);
            if (partitioner != null && other != null && !other.equals(partitioner)) {
                throw new Failure(
                        all.get(i) + " is partitioned by " + other + ", and a store before it by " + partitioner);
            }
            if (other != null) partitioner = other;
            for (String key : held) {
                Integer before = first.putIfAbsent(key, i);
                if (before != null && !kind(stores.get(i), key).equals(kind(stores.get(before), key))) {
                    throw new Failure("key " + Text.quote(key) + " has other columns in " + all.get(i) + " than in "
                            + all.get(before) + ": nothing was merged");
                }
            }
        }
    }

    /** What the rows of a store are split by, as its first table says. */
    private static String partitioner(FilePartd store, SortedSet<String> keys) {
        for (String key : keys) {
            if (kind(store, key) instanceof Schema schema && !schema.getFields().isEmpty()) {
                return schema.getCustomMetadata().get("partd.partitioner");
            }
        }
        return null;
    }

    /** The schema of a table; other bytes are all of one kind. */
    private static Object kind(FilePartd store, String key) {
        Bytes value = store.get(key);
        return Tables.isTable(value) ? new ArrowStream(value, "key " + Text.quote(key)).schema() : "other bytes";
    }

    private void copy(FilePartd target) {
        long all = sources.stream().mapToLong(each -> each.stats().liveBytes()).sum();
        try (Bar bar = new Bar(to, "bytes", all)) {
            for (FilePartd source : sources) copy(source, target, bar);
            target.flush();
        } catch (RuntimeException e) {
            if (bytes == 0) throw e;
            throw new Failure(Errors.reason(e) + "; " + written(), e);
        }
    }

    /** A source's keys, some at once: each append is there as a whole. */
    private void copy(FilePartd source, FilePartd target, Bar bar) {
        Map<String, Bytes> some = new HashMap<>();
        long size = 0;
        for (String key : source.keys()) {
            if (interrupt.isWanted()) break;
            Bytes value = source.get(key);
            some.put(key, value);
            size += value.size();
            if (some.size() < KEYS_AT_ONCE && size < BYTES_AT_ONCE) continue;
            append(some, size, target, bar);
            size = 0;
        }
        append(some, size, target, bar);
    }

    private void append(Map<String, Bytes> some, long size, FilePartd target, Bar bar) {
        if (some.isEmpty()) return;
        target.append(some);
        keys += some.size();
        bytes += size;
        bar.add(size);
        some.clear();
    }

    /** What is there of work that did not come to its end. */
    public String written() {
        return "what was merged before that is in " + to;
    }

    @Override
    public void close() {
        interrupt.close();
    }
}
