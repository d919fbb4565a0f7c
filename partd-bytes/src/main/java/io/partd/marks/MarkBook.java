package io.partd.marks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Marks folded by owner: of what an owner has settled only the number is left, so that this grows with the owners and
 * not with their appends. Marks may come in any order, and more than once. Not safe for several threads.
 */
public final class MarkBook {
    /** For how long a mark is kept: a day. */
    public static final long KEPT_NANOS = TimeUnit.DAYS.toNanos(1);

    /** How long it takes at least until marks are looked at again, whether they are old: ten minutes. */
    public static final long LOOK_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Map<UUID, Owner> owners = new HashMap<>();

    /** One owner's marks. */
    private static final class Owner {
        final TreeMap<Long, Mark> made = new TreeMap<>();
        final Set<Long> doubtful = new HashSet<>();
        long settled;
        /** The greatest stamp of any of its marks. */
        long last;

        void settle(long upTo) {
            if (upTo <= settled) return;
            settled = upTo;
            made.headMap(upTo, true).clear();
            doubtful.removeIf(number -> number <= upTo);
        }
    }

    /** Adds a mark that has its stamp. */
    public void add(Mark mark) {
        Owner owner = owners.computeIfAbsent(mark.owner(), id -> new Owner());
        owner.last = Math.max(owner.last, mark.stamp());
        owner.settle(mark.settled());
        if (mark.number() > owner.settled) {
            owner.made.put(mark.number(), mark);
            owner.doubtful.remove(mark.number());
        }
    }

    /** Notes that it is not known whether this append was made. */
    public void doubt(Mark mark) {
        Owner owner = owners.computeIfAbsent(mark.owner(), id -> new Owner());
        owner.last = Math.max(owner.last, mark.stamp());
        boolean open = mark.number() > owner.settled && !owner.made.containsKey(mark.number());
        if (open) owner.doubtful.add(mark.number());
    }

    /** What is known of an owner. */
    public OwnerMarks of(UUID id) {
        Owner owner = owners.get(id);
        if (owner == null) return OwnerMarks.NONE;
        Map<Long, Mark> made = Collections.unmodifiableMap(new TreeMap<>(owner.made));
        return new OwnerMarks(owner.settled, made, Set.copyOf(owner.doubtful));
    }

    /** All marks that have a later stamp than this one or an owner who has: a book they are added to is as this one. */
    public List<Mark> folded(long after) {
        List<Mark> marks = new ArrayList<>();
        owners.forEach((id, owner) -> {
            if (owner.last <= after) return;
            // Each of them says what is settled; the last one has to.
            if (owner.made.isEmpty()) marks.add(Mark.settled(id, owner.settled, owner.last));
            for (Mark mark : owner.made.values()) marks.add(settledUpTo(mark, owner.settled));
        });
        return marks;
    }

    private static Mark settledUpTo(Mark mark, long settled) {
        if (mark.settled() == settled) return mark;
        return new Mark(
                mark.owner(), mark.number(), settled, mark.length(), mark.checksum(), mark.written(), mark.stamp());
    }

    /** Takes away marks that {@link #folded} gave, and that somebody else remembers now. */
    public void remove(List<Mark> folded) {
        for (Mark mark : folded) {
            Owner owner = owners.get(mark.owner());
            if (owner == null) continue;
            owner.made.remove(mark.number());
            boolean saysNoMore = owner.made.isEmpty() && owner.doubtful.isEmpty() && owner.settled <= mark.settled();
            if (saysNoMore) owners.remove(mark.owner());
        }
    }

    /** Forgets the owners without a later stamp. */
    public void forgetUpTo(long stamp) {
        owners.values().removeIf(owner -> owner.last <= stamp);
    }

    /** How many owners are remembered. */
    public int owners() {
        return owners.size();
    }

    /** How many appends are remembered that no owner has settled. */
    public long open() {
        return owners.values().stream().mapToLong(owner -> owner.made.size()).sum();
    }
}
