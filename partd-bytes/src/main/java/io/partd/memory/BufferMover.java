package io.partd.memory;

import io.partd.Bytes;
import io.partd.base.LockChain;
import io.partd.marks.Mark;
import io.partd.marks.Marks;
import io.partd.marks.OwnerMarks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves keys from a buffer's fast store to its slow one, in batches, one batch at a time. {@code lock} is held for a
 * batch, not for all that is to be moved, and is fair, so that whoever waits for it waits for few batches. It is taken
 * after the slow store's lock, shared at least, and the buffer's gate, and before the memory's state.
 */
final class BufferMover {
    private static final long BATCH_BYTES = 8 << 20;
    private static final int BATCH_KEYS = 10_000;
    /** So many bytes in a row are not somebody else's by chance. */
    private static final int TELLING_BYTES = 16;

    final ReentrantLock lock = new ReentrantLock(true);
    private final BufferMemory memory;
    private final Marks<Bytes> slow;
    /** Each batch has a mark, so that slow can say after a failure whether it has the batch. */
    private final UUID owner = UUID.randomUUID();

    private long number;
    private Deque<String> plan = new ArrayDeque<>();

    BufferMover(BufferMemory memory, Marks<Bytes> slow) {
        this.memory = memory;
        this.slow = slow;
    }

    /**
     * Takes the bytes from the budget, moving the largest keys until there is room; they are at most the limit. The
     * lock is held.
     */
    void makeRoom(long bytes) {
        Budget budget = memory.budget;
        budget.crowded(true);
        try {
            while (!budget.take(bytes)) {
                if (plan.isEmpty() && memory.moving().isEmpty()) plan = largest(budget.limit);
                moveBatch(plan);
            }
        } finally {
            budget.crowded(false);
        }
    }

    /** Half of what fits: then choosing costs little per byte that is moved. */
    private Deque<String> largest(long limit) {
        // Appends that took from the budget hold this lock until they are counted; no others begin while room is being
        // made.
        memory.awaitReaders();
        return memory.sizes.largest(Math.max(1, limit / 2));
    }

    /**
     * Moves the keys, and what an earlier move has left behind; returns when moves by other threads that began before
     * have ended, too.
     */
    void moveAll(Collection<String> keys) {
        Deque<String> queue = new ArrayDeque<>(keys);
        do {
            LockChain.acquire(lock);
            try {
                moveBatch(queue);
            } finally {
                lock.unlock();
            }
        } while (!queue.isEmpty());
    }

    /** Moves one batch from the front of the queue; first what failed to move before. The lock is held. */
    private void moveBatch(Deque<String> queue) {
        if (!memory.moving().isEmpty()) {
            resend();
            return;
        }
        List<String> keys = new ArrayList<>();
        long bytes = 0;
        while (!queue.isEmpty() && keys.size() < BATCH_KEYS) {
            bytes += Math.max(0, memory.sizes.bytes(queue.peek()));
            if (bytes > BATCH_BYTES && !keys.isEmpty()) break;
            keys.add(queue.remove());
        }
        if (keys.isEmpty()) return;
        memory.detach(keys);
        number++;
        send();
    }

    private void send() {
        if (memory.moving().isEmpty()) return;
        Map<String, Bytes> values = new HashMap<>();
        memory.moving().forEach((key, moved) -> values.put(key, moved.value().get()));
        long bytes = values.values().stream().mapToLong(Bytes::size).sum();
        slow.append(values, Map.of(), List.of(Mark.of(owner, number, number - 1, bytes, 0)));
        memory.arrived();
    }

    /** Slow failed to take these before; it may have said so after it had taken them, and twice would be wrong. */
    private void resend() {
        OwnerMarks known = slow.marks(owner);
        if (known.made().containsKey(number) || known.doubtful().contains(number) && hasArrived()) {
            memory.arrived();
            return;
        }
        memory.rebase();
        send();
    }

    /**
     * To be asked where slow keeps no marks: whether it has every moved value behind what it had before. One append is
     * atomic, so it has all of them or none.
     */
    private boolean hasArrived() {
        List<String> keys = new ArrayList<>();
        long bytes = 0;
        for (var entry : memory.moving().entrySet()) {
            if (entry.getValue().bytes() == 0) continue;
            keys.add(entry.getKey());
            bytes += entry.getValue().bytes();
        }
        List<Bytes> now = memory.slow.get(keys);
        for (int i = 0; i < keys.size(); i++) {
            if (!holds(now.get(i), memory.moving().get(keys.get(i)), bytes >= TELLING_BYTES)) return false;
        }
        return !keys.isEmpty();
    }

    /**
     * Whether the moved bytes are right behind what slow had; or anywhere behind as many bytes, if {@code anywhere}:
     * what others append, and what somebody appended who died before he could tell, may have come in front of them.
     */
    private static boolean holds(Bytes now, BufferMemory.Moving moved, boolean anywhere) {
        long from = moved.before().get().size();
        long to = from + moved.bytes();
        if (now.size() < to) return false;
        Bytes value = moved.value().get();
        return now.slice(from, to).equals(value)
                || anywhere && BytesSearch.contains(now.slice(from, now.size()), value);
    }
}
