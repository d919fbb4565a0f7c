package io.partd;

import io.partd.testing.ForwardingPartd;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores that are wrong about deleting, keys, locks, closing and interrupts. */
public final class BrokenChanges {
    private BrokenChanges() {}

    /** Deletes in its own memory only. */
    public static Partd<Bytes> hides(Partd<Bytes> store) {
        Set<String> hidden = ConcurrentHashMap.newKeySet();
        return new ForwardingPartd<>(store) {
            @Override
            public void delete(Collection<String> keys) {
                hidden.addAll(keys);
            }

            @Override
            public SortedSet<String> keys() {
                SortedSet<String> keys = inner.keys();
                keys.removeAll(hidden);
                return keys;
            }

            @Override
            public List<Bytes> get(Collection<String> keys) {
                return keys.stream()
                        .map(key -> hidden.contains(key) ? Bytes.EMPTY : inner.get(key))
                        .toList();
            }
        };
    }

    public static Partd<Bytes> deletesByPrefix(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public void delete(Collection<String> keys) {
                inner.delete(inner.keys().stream()
                        .filter(key -> keys.stream().anyMatch(key::startsWith))
                        .toList());
            }
        };
    }

    /** Takes A for a, as some file systems do. */
    public static Partd<Bytes> foldsKeys(Partd<Bytes> store) {
        return new RenamingPartd(store, key -> key.toLowerCase(Locale.ROOT));
    }

    public static Partd<Bytes> shortensKeys(Partd<Bytes> store) {
        return new RenamingPartd(
                store,
                key -> key.codePointCount(0, key.length()) < 256
                        ? key
                        : key.substring(0, key.offsetByCodePoints(0, 255)));
    }

    private static final class RenamingPartd extends ForwardingPartd<Bytes> {
        private final UnaryOperator<String> name;

        RenamingPartd(Partd<Bytes> inner, UnaryOperator<String> name) {
            super(inner);
            this.name = name;
        }

        private Map<String, Bytes> rename(Map<String, ? extends Bytes> values) {
            return values.entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> name.apply(entry.getKey()),
                            Map.Entry::getValue,
                            (a, b) -> Bytes.concat(List.of(a, b))));
        }

        @Override
        public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
            return inner.append(rename(values), rename(heads));
        }

        @Override
        public List<Bytes> get(Collection<String> keys) {
            return inner.get(keys.stream().map(name).toList());
        }

        @Override
        public void delete(Collection<String> keys) {
            inner.delete(keys.stream().map(name).toList());
        }
    }

    public static Partd<Bytes> skipsNull(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Map<String, Bytes> given = new HashMap<>(values);
                given.values().removeIf(Objects::isNull);
                return inner.append(given, heads);
            }
        };
    }

    /** Hands out a lock that its own appends know nothing of. */
    public static Partd<Bytes> locksNothing(Partd<Bytes> store) {
        Lock own = new ReentrantLock();
        return new ForwardingPartd<>(store) {
            @Override
            public Lock lock() {
                return own;
            }
        };
    }

    /** Reads only when it gets the lock; says so instead of waiting, so that the test of it is short. */
    public static Partd<Bytes> readsWait(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public List<Bytes> get(Collection<String> keys) {
                if (!inner.lock().tryLock()) throw new AssertionError("would wait for ever");
                try {
                    return inner.get(keys);
                } finally {
                    inner.lock().unlock();
                }
            }
        };
    }

    public static Partd<Bytes> livesAfterClose(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public void close() {
                inner.flush();
            }
        };
    }

    public static Partd<Bytes> closesOnce(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public void close() {
                inner.keys();
                inner.close();
            }
        };
    }

    public static Partd<Bytes> throwsAfterWriting(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Set<String> written = inner.append(values, heads);
                if (Thread.currentThread().isInterrupted()) throw interrupted();
                return written;
            }
        };
    }

    public static Partd<Bytes> clearsTheFlag(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Thread.interrupted();
                return inner.append(values, heads);
            }
        };
    }

    /** What a FileChannel that all threads share does. */
    public static Partd<Bytes> closedByInterrupt(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            private final Set<Boolean> broken = new HashSet<>();

            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                if (Thread.currentThread().isInterrupted()) broken.add(true);
                if (broken.contains(true)) throw interrupted();
                return inner.append(values, heads);
            }
        };
    }

    /** Says that nothing is ever removed. */
    public static Partd<Bytes> removalsStandStill(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public long removals() {
                inner.keys();
                return 0;
            }
        };
    }

    /** Counts the removals of its own handle only. */
    public static Partd<Bytes> removalsOfItsOwn(Partd<Bytes> store) {
        AtomicLong removals = new AtomicLong();
        return new ForwardingPartd<>(store) {
            @Override
            public long removals() {
                return removals.get();
            }

            @Override
            public void delete(Collection<String> keys) {
                inner.delete(keys);
                removals.incrementAndGet();
            }

            @Override
            public void drop() {
                inner.drop();
                removals.incrementAndGet();
            }
        };
    }

    /** Takes every append for a removal. */
    public static Partd<Bytes> removalsByAppends(Partd<Bytes> store) {
        AtomicLong appends = new AtomicLong();
        return new ForwardingPartd<>(store) {
            @Override
            public long removals() {
                return inner.removals() + appends.get();
            }

            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                appends.incrementAndGet();
                return inner.append(values, heads);
            }
        };
    }

    private static UncheckedIOException interrupted() {
        return new UncheckedIOException("interrupted", new ClosedByInterruptException());
    }
}
