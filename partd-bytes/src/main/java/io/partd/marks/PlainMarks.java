package io.partd.marks;

import io.partd.Partd;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Marks beside a store that has none: they are remembered after the append, and in memory. */
final class PlainMarks<V> implements Marks<V> {
    private final Partd<V> store;
    private final MemoryMarks memory = new MemoryMarks();

    PlainMarks(Partd<V> store) {
        this.store = store;
    }

    @Override
    public Set<String> append(Map<String, ? extends V> values, Map<String, ? extends V> heads, List<Mark> marks) {
        return memory.remember(
                marks,
                heads.keySet(),
                () -> values.isEmpty() && heads.isEmpty() ? Set.of() : store.append(values, heads));
    }

    @Override
    public OwnerMarks marks(UUID owner) {
        return memory.of(owner);
    }

    @Override
    public Claim claim(String who) {
        return memory.claim(who);
    }
}
