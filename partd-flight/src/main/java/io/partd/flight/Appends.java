package io.partd.flight;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes each append of a client once, however often it arrives: what was made is remembered, and stored in the same
 * atomic append. Safe for several threads.
 */
final class Appends {
    private final Partd<Bytes> store;
    private final TokenLog log;
    private final HeldKeys held;
    private final Map<UUID, ClientAppends> clients = new ConcurrentHashMap<>();
    private final AtomicLong swept = new AtomicLong(Long.MIN_VALUE);

    Appends(Partd<Bytes> store, LongSupplier clockMillis) {
        this.store = store;
        this.log = new TokenLog(store, clockMillis);
        this.held = new HeldKeys(store);
        for (TokenRecord made : log.load()) client(made.client()).made(made);
    }

    /** The appends of a client; those of clients that vanished long ago are forgotten, as what is stored of them. */
    private ClientAppends client(UUID id) {
        long now = log.stretch();
        if (now > swept.getAndSet(now)) {
            for (UUID each : clients.keySet()) {
                clients.computeIfPresent(each, (any, appends) -> appends.isHeardSince(now - 1) ? appends : null);
            }
        }
        return clients.compute(id, (any, known) -> (known == null ? new ClientAppends() : known).heardIn(now));
    }

    /** How many clients are remembered. */
    int clients() {
        return clients.size();
    }

    /**
     * Makes the append, or waits for its making by another thread.
     *
     * @return which of the heads were written, by their places
     */
    BitSet apply(AppendCommand command, Supplier<Entries> received) {
        CompletableFuture<BitSet> mine = new CompletableFuture<>();
        CompletableFuture<BitSet> first = client(command.client()).begin(command, mine);
        if (first != mine) return Futures.join(first);
        try {
            Entries entries = received.get();
            Reserved.refuse(entries.values().keySet());
            Reserved.refuse(entries.heads().keySet());
            mine.complete(write(command, entries));
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        }
        return Futures.join(mine);
    }

    private BitSet write(AppendCommand command, Entries entries) {
        if (held.containsAll(entries.heads().keySet())) return write(command, entries, Set.of());
        Lock lock = store.lock();
        lock.lock();
        try {
            return write(command, entries, held.missing(entries.heads()));
        } finally {
            lock.unlock();
        }
    }

    /** Writes the data and the record of it, which says that these heads were written. */
    private BitSet write(AppendCommand command, Entries entries, Set<String> expected) {
        String key = log.key();
        List<String> heads = new ArrayList<>(entries.heads().keySet());
        Map<String, Bytes> values = new LinkedHashMap<>(entries.values());
        values.put(key, record(command, places(heads, expected)));
        long removals = entries.heads().isEmpty() ? 0 : store.removals();
        Set<String> written = store.append(values, entries.heads());
        BitSet places = places(heads, written);
        if (!written.equals(expected)) {
            // Somebody removed a key beside this server just now: what is stored last counts.
            store.append(key, record(command, places));
        }
        held.add(removals, entries);
        return places;
    }

    private static Bytes record(AppendCommand command, BitSet written) {
        return new TokenRecord(command.client(), command.sequence(), written).encode();
    }

    private static BitSet places(List<String> heads, Set<String> written) {
        BitSet places = new BitSet(heads.size());
        if (written.isEmpty()) return places;
        Set<String> names = new HashSet<>(written);
        for (int i = 0; i < heads.size(); i++) if (names.contains(heads.get(i))) places.set(i);
        return places;
    }

    /** A client that will try nothing again. */
    void forget(UUID client) {
        clients.remove(client);
    }

    /** Removes what is stored of appends when no client is left that may try one again. */
    void close() {
        if (clients.isEmpty()) log.clear();
    }
}
