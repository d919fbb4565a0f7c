package io.partd;

import io.partd.testing.ForwardingPartd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores that append wrongly. */
public final class BrokenAppends {
    private BrokenAppends() {}

    /** Loses an append now and then. */
    public static Partd<Bytes> loses(Partd<Bytes> store) {
        AtomicInteger count = new AtomicInteger();
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                return count.incrementAndGet() % 20 == 0 ? Set.of() : inner.append(values, heads);
            }
        };
    }

    /** Writes an append twice now and then, as one that tries again after a failure would. */
    public static Partd<Bytes> duplicates(Partd<Bytes> store) {
        AtomicInteger count = new AtomicInteger();
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                if (count.incrementAndGet() % 20 == 0) inner.append(values, heads);
                return inner.append(values, heads);
            }
        };
    }

    /** Collects appends and writes them last first, at the latest when they are read. */
    public static Partd<Bytes> reorders(Partd<Bytes> store) {
        return new Late(store, 3, true);
    }

    /** Keeps the last few appends back, as a buffer that readers cannot see would. */
    public static Partd<Bytes> showsLate(Partd<Bytes> store) {
        return new Late(store, 3, false);
    }

    private static class Late extends ForwardingPartd<Bytes> {
        private final List<Map<String, ? extends Bytes>> waiting = new ArrayList<>();
        private final int most;
        private final boolean backwards;

        Late(Partd<Bytes> inner, int most, boolean backwards) {
            super(inner);
            this.most = most;
            this.backwards = backwards;
        }

        @Override
        public synchronized Set<String> append(
                Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
            waiting.add(backwards ? 0 : waiting.size(), Map.copyOf(values));
            if (waiting.size() >= most) writeWaiting();
            return Set.of();
        }

        final synchronized void writeWaiting() {
            for (Map<String, ? extends Bytes> values : waiting) inner.append(values);
            waiting.clear();
        }

        @Override
        public List<Bytes> get(Collection<String> keys) {
            if (backwards) writeWaiting();
            return inner.get(keys);
        }

        @Override
        public void close() {
            writeWaiting();
            inner.close();
        }
    }

    /** Reads, deletes and writes all again instead of appending. */
    public static Partd<Bytes> rewrites(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Map<String, Bytes> all = new HashMap<>();
                values.forEach((key, value) -> all.put(key, Bytes.concat(List.of(inner.get(key), value))));
                Thread.yield();
                inner.delete(all.keySet());
                return inner.append(all, heads);
            }
        };
    }

    /** Writes key by key. */
    public static Partd<Bytes> tears(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Set<String> written = new TreeSet<>(inner.append(Map.of(), heads));
                new TreeMap<String, Bytes>(values).descendingMap().forEach((key, value) -> {
                    inner.append(key, value);
                    Thread.yield();
                });
                return written;
            }
        };
    }

    public static Partd<Bytes> ignoresEmpty(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Map<String, Bytes> full = new HashMap<>(values);
                full.values().removeIf(value -> value.size() == 0);
                return inner.append(full, heads);
            }
        };
    }

    /** Writes what it was given only later, when it is read. */
    public static Partd<Bytes> keepsBuffers(Partd<Bytes> store) {
        return new Late(store, Integer.MAX_VALUE, false) {
            @Override
            public List<Bytes> get(Collection<String> keys) {
                writeWaiting();
                return inner.get(keys);
            }
        };
    }

    public static Partd<Bytes> cuts(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Map<String, Bytes> cut = new HashMap<>(values);
                cut.replaceAll((key, value) -> value.slice(0, Math.min(value.size(), 65_536)));
                return inner.append(cut, heads);
            }
        };
    }
}
