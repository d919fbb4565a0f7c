package io.partd;

import io.partd.testing.ForwardingPartd;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that are wrong about heads. */
public final class BrokenHeads {
    private BrokenHeads() {}

    /** Heads in one append, values in the next. */
    public static Partd<Bytes> apart(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Set<String> written = inner.append(Map.of(), heads);
                Thread.yield();
                inner.append(values);
                return written;
            }
        };
    }

    /** Looks first and writes then, with room for others in between. */
    public static Partd<Bytes> race(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Map<String, Bytes> absent = new HashMap<>(heads);
                absent.keySet().removeIf(key -> inner.get(key).size() > 0);
                Thread.yield();
                inner.append(absent);
                inner.append(values);
                return absent.keySet();
            }
        };
    }

    /** The head behind the value. */
    public static Partd<Bytes> last(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Set<String> written = new TreeSet<>();
                Map<String, Bytes> all = new HashMap<>(values);
                heads.forEach((key, head) -> {
                    if (inner.get(key).size() > 0) return;
                    written.add(key);
                    all.merge(key, head, (value, h) -> Bytes.concat(List.of(value, h)));
                });
                inner.append(all);
                return written;
            }
        };
    }

    /** Remembers what it has set, beyond delete and drop. */
    public static Partd<Bytes> remembered(Partd<Bytes> store) {
        Set<String> known = ConcurrentHashMap.newKeySet();
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Map<String, Bytes> unknown = new HashMap<>(heads);
                unknown.keySet().removeIf(known::contains);
                known.addAll(heads.keySet());
                return inner.append(values, unknown);
            }
        };
    }

    /** Asks whether the key is there, not whether it holds bytes. */
    public static Partd<Bytes> byExistence(Partd<Bytes> store) {
        return new ForwardingPartd<>(store) {
            @Override
            public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
                Collection<String> there = new HashSet<>(inner.keys());
                Map<String, Bytes> absent = new HashMap<>(heads);
                absent.keySet().removeAll(there);
                return inner.append(values, absent);
            }
        };
    }
}
