package io.partd.flight;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that are known to hold bytes, as long as nothing is removed: no head is written for them. Safe for several
 * threads.
 */
final class HeldKeys {
    private static final int MOST = 1_000_000;

    private final Partd<Bytes> store;
    private final Set<String> known = new HashSet<>();
    private long removals;

    HeldKeys(Partd<Bytes> store) {
        this.store = store;
    }

    boolean containsAll(Collection<String> keys) {
        if (keys.isEmpty()) return true;
        long now = store.removals();
        synchronized (this) {
            forgetUnless(now);
            return known.containsAll(keys);
        }
    }

    private void forgetUnless(long now) {
        if (removals == now) return;
        known.clear();
        removals = now;
    }

    /** The keys whose heads an append would write: those without bytes whose heads are not empty. Under the lock. */
    Set<String> missing(Map<String, Bytes> heads) {
        List<String> unknown = new ArrayList<>(heads.keySet());
        long now = store.removals();
        synchronized (this) {
            forgetUnless(now);
            unknown.removeAll(known);
        }
        List<Bytes> stored = store.get(unknown);
        Set<String> missing = new HashSet<>();
        for (int i = 0; i < unknown.size(); i++) if (stored.get(i).size() == 0) missing.add(unknown.get(i));
        return missing;
    }

    /** Keys that were written after the store gave this number. */
    synchronized void add(long before, Entries written) {
        if (written.heads().isEmpty() || before != removals || known.size() > MOST) return;
        written.heads().forEach((key, head) -> {
            if (head.size() > 0
                    || written.values().getOrDefault(key, Bytes.EMPTY).size() > 0) known.add(key);
        });
    }
}
