package io.partd.flight.server.once;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.flight.protocol.AppendCommand;
import io.partd.flight.protocol.AppendFailure;
import io.partd.flight.protocol.AppendFailure.Told;
import io.partd.flight.protocol.Entries;
import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import io.partd.marks.Marks;
import io.partd.marks.OwnerMarks;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes each append of a client once, however often it arrives: the store remembers it in the same atomic step, and is
 * asked when a client is heard of for the first time, or an append has failed. Safe for several threads.
 */
public final class Appends {
    /** A client that is not heard of for so long is forgotten here; the store still knows it. */
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Partd<Bytes> store;
    private final Marks<Bytes> marks;
    private final LongSupplier nanoTime;
    private final Map<UUID, ClientAppends> clients = new ConcurrentHashMap<>();
    private final AtomicLong swept;

    Appends(Partd<Bytes> store, LongSupplier nanoTime) {
        this(store, MarkedStores.of(store), nanoTime);
    }

    public Appends(Partd<Bytes> store, Marks<Bytes> marks, LongSupplier nanoTime) {
        this.store = store;
        this.marks = marks;
        this.nanoTime = nanoTime;
        this.swept = new AtomicLong(nanoTime.getAsLong());
    }

    private ClientAppends client(UUID id) {
        long now = nanoTime.getAsLong();
        long last = swept.get();
        if (now - last >= QUIET_NANOS && swept.compareAndSet(last, now)) sweep(now - QUIET_NANOS);
        return clients.compute(id, (any, known) -> (known == null ? new ClientAppends(id, marks) : known).heardAt(now));
    }

    private void sweep(long before) {
        for (UUID id : clients.keySet()) {
            clients.computeIfPresent(id, (any, appends) -> appends.isIdleSince(before) ? null : appends);
        }
    }

    /** How many clients are in memory. */
    public int clients() {
        return clients.size();
    }

    /**
     * Makes the append, or waits for its making by another thread.
     *
     * @param received what it came with; not asked for where it was made before
     * @return which of the heads were written, by their places
     */
    public BitSet apply(AppendCommand command, Content content, Supplier<Entries> received) {
        CompletableFuture<BitSet> mine = new CompletableFuture<>();
        ClientAppends client = client(command.client());
        CompletableFuture<BitSet> first = client.begin(command, content, mine);
        if (first != mine) return Futures.join(first);
        try {
            mine.complete(make(command, content, received.get()));
        } catch (RuntimeException | Error e) {
            client.failed(command.sequence());
            mine.completeExceptionally(e);
        }
        return Futures.join(mine);
    }

    private BitSet make(AppendCommand command, Content content, Entries entries) {
        Mark mark = Mark.of(
                command.client(), command.sequence(), command.acknowledged(), content.length(), content.checksum());
        try {
            Set<String> written = marks.append(entries.values(), entries.heads(), List.of(mark));
            return mark.with(entries.heads().keySet(), written).written();
        } catch (RuntimeException | Error e) {
            return afterFailure(command, e);
        }
    }

    /** Asks the store what has become of an append that failed. */
    private BitSet afterFailure(AppendCommand command, Throwable failure) {
        OwnerMarks known;
        try {
            known = marks.marks(command.client());
        } catch (RuntimeException | Error e) {
            throw failed(Told.UNKNOWN, failure, e);
        }
        Mark made = known.made().get(command.sequence());
        if (made != null) return made(made, failure);
        boolean doubtful = known.doubtful().contains(command.sequence());
        throw new AppendFailure(doubtful ? Told.UNKNOWN : Told.NOTHING, failure);
    }

    /** It is there: as good as if it had not failed, once it is on the medium, which it might have had to be. */
    private BitSet made(Mark made, Throwable failure) {
        try {
            store.flush();
            return made.written();
        } catch (RuntimeException | Error e) {
            throw failed(Told.MADE, failure, e);
        }
    }

    private static AppendFailure failed(Told told, Throwable failure, Throwable second) {
        if (second != failure) failure.addSuppressed(second);
        return new AppendFailure(told, failure);
    }

    /** A client that will try nothing again: what it has sent before may still be on its way, and comes too late. */
    public void forget(UUID id) {
        client(id).end();
        marks.append(Map.of(), Map.of(), List.of(Mark.goodbye(id)));
    }
}
