package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.base.KeyCheck;
import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * A store each of whose changes is a commit of its own, and each of whose reads opens it: so the contract of stores can
 * be run. What the medium does not have, heads of several writers and the lock, is a lock of this JVM.
 */
final class CommittedPartd implements Partd<Bytes> {
    private static final Map<URI, Shared> SHARED = new ConcurrentHashMap<>();

    private final URI store;
    private final Configuration conf = new Configuration();
    private final Shared shared;
    private volatile boolean closed;

    /** What the handles of a store share. */
    private static final class Shared extends ReentrantLock {
        private static final long serialVersionUID = 1;

        final AtomicLong removals = new AtomicLong();

        @Override
        public Condition newCondition() {
            throw new UnsupportedOperationException("the lock of a store has no conditions");
        }
    }

    CommittedPartd(URI store) {
        this.store = store;
        this.shared = SHARED.computeIfAbsent(store, each -> new Shared());
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("the store is closed");
    }

    private <T> T locked(Supplier<T> work) {
        requireOpen();
        shared.lock();
        try {
            requireOpen();
            return work.get();
        } finally {
            shared.unlock();
        }
    }

    private Commit commit() {
        return Commit.to(store, conf, UUID.randomUUID().toString());
    }

    /** Reads what is there, or what would be there of a store that nobody has committed to. */
    private <T> T read(Function<HadoopPartd, T> reading, T nothing) {
        requireOpen();
        if (!HadoopPartd.exists(store, conf)) return nothing;
        try (HadoopPartd partd = HadoopPartd.open(store, conf)) {
            return reading.apply(partd);
        }
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        return locked(() -> {
            Map<String, Bytes> missing = new TreeMap<>(heads);
            missing.keySet().forEach(KeyCheck::check);
            Set<String> held = read(partd -> held(partd.snapshot(), heads.keySet()), Set.of());
            missing.keySet().removeAll(held);
            try (HadoopWriter writer = HadoopWriter.open(store, conf)) {
                writer.append(values, missing);
                List<WrittenSegment> written = writer.seal();
                if (!written.isEmpty()) commit().add(written).run();
            }
            return missing.keySet();
        });
    }

    private static Set<String> held(Snapshot snapshot, Set<String> keys) {
        return keys.stream().filter(key -> snapshot.bytes(key) > 0).collect(Collectors.toSet());
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        List<String> wanted = KeyCheck.copy(keys);
        return read(partd -> partd.get(wanted), Collections.nCopies(wanted.size(), Bytes.EMPTY));
    }

    @Override
    public void delete(Collection<String> keys) {
        locked(() -> {
            commit().delete(keys).run();
            return shared.removals.incrementAndGet();
        });
    }

    /** Waits for a removal that is under way: what it took can be seen to be gone before the number is raised. */
    @Override
    public long removals() {
        return locked(shared.removals::get);
    }

    @Override
    public SortedSet<String> keys() {
        return read(HadoopPartd::keys, new TreeSet<>());
    }

    @Override
    public void drop() {
        locked(() -> {
            commit().replaceAll().run();
            return shared.removals.incrementAndGet();
        });
    }

    @Override
    public void flush() {
        requireOpen();
    }

    @Override
    public Lock lock() {
        requireOpen();
        return shared;
    }

    @Override
    public void close() {
        closed = true;
    }
}
