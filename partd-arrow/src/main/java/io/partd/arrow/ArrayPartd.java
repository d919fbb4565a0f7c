package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Layer;
import io.partd.Partd;
import io.partd.arrow.array.ArrayKind;
import io.partd.arrow.array.ArrayKinds;
import io.partd.arrow.array.ArrayReader;
import io.partd.arrow.array.ArrayWriter;
import io.partd.arrow.ipc.TableSchema;
import io.partd.arrow.memory.ScratchPool;
import io.partd.arrow.memory.SharedAllocator;
import io.partd.arrow.store.StreamStore;
import io.partd.arrow.store.StreamStore.PendingAppend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A store of arrays that grow by appending, all of one type. What lies under a key is an Arrow IPC stream with one
 * column, {@code value}, which any Arrow implementation and {@link ArrowPartd} can read as it is. Safe for several
 * threads, and for the processes that the store below is safe for.
 *
 * <p>The types are:
 *
 * <ul>
 *   <li>{@code boolean[]}, {@code byte[]}, {@code short[]}, {@code int[]}, {@code long[]}, {@code float[]} and
 *       {@code double[]}, kept bit for bit, NaN and -0.0 included; {@code char[]}, as unsigned 16-bit numbers
 *   <li>{@code String[]}, as UTF-8, and {@code byte[][]}, as binary values of any length
 *   <li>{@code Instant[]} and {@code LocalDateTime[]}, as 64-bit nanoseconds from 1970 (the years 1677 to 2262), and
 *       {@code LocalDate[]}, as 32-bit days; what is outside is refused
 *   <li>{@code short[][]}, {@code int[][]}, {@code long[][]}, {@code float[][]} and {@code double[][]}, which extend
 *       along the first dimension: all rows of a key have one length, of at least one
 * </ul>
 *
 * <p>Nulls are kept in arrays of objects, but for rows, which must not be null. A text with a lone surrogate is
 * refused; stored text that is not UTF-8, which only others can have written, is read with U+FFFD in its place.
 *
 * <p>An absent key reads as an array of length 0, and an empty array makes its key exist. A key that holds another type
 * is an {@link IllegalArgumentException} that names both, for {@code append} before anything is written. Where others
 * have stored nulls that the type cannot hold, reading is one, too. Broken bytes are a
 * {@link io.partd.CorruptPartdException}.
 *
 * @param <A> the type of the arrays
 */
public final class ArrayPartd<A> implements Partd<A>, Layer {
    private final ArrayKind<A> kind;
    private final StreamStore streams;
    private final BufferAllocator allocator;
    private final ScratchPool scratch = new ScratchPool();

    private ArrayPartd(ArrayKind<A> kind, Partd<Bytes> store) {
        this.kind = kind;
        this.streams = new StreamStore(Objects.requireNonNull(store, "the store is null"), this::refusal);
        this.allocator = SharedAllocator.get();
    }

    /**
     * Returns a store of arrays over a store of bytes.
     *
     * @param type the class of the arrays, such as {@code double[].class}
     * @throws IllegalArgumentException if such arrays cannot be stored; the message says which can
     */
    public static <A> ArrayPartd<A> over(Class<A> type, Partd<Bytes> store) {
        return new ArrayPartd<>(ArrayKinds.of(type), store);
    }

    private String refusal(String key, TableSchema stored, TableSchema given) {
        return "key \"" + key + "\" holds " + ArrayKinds.describe(stored) + " and is given "
                + ArrayKinds.describe(given) + ": append what it holds, or use another key";
    }

    /**
     * Appends each array to its key, as {@link Partd#append(Map, Map)} says; a head is an array that a key begins with.
     * Until it returns, it takes as much memory outside of the heap as what is appended.
     *
     * @throws IllegalArgumentException if a key holds another type, or an array has an element that cannot be stored
     */
    @Override
    public Set<String> append(Map<String, ? extends A> values, Map<String, ? extends A> heads) {
        try (ArrayWriter writer = new ArrayWriter(scratch)) {
            return streams.append(pieces(values, "values", writer), pieces(heads, "heads", writer), null);
        }
    }

    private Map<String, PendingAppend> pieces(Map<String, ? extends A> arrays, String what, ArrayWriter writer) {
        Objects.requireNonNull(arrays, what + " is null");
        Map<String, PendingAppend> pieces = new LinkedHashMap<>();
        arrays.forEach((key, array) -> {
            Objects.requireNonNull(key, "a key in " + what + " is null");
            Objects.requireNonNull(array, () -> "the array of key \"" + key + "\" in " + what + " is null");
            kind.check(array, key);
            TableSchema table = kind.length(array) == 0 ? TableSchema.EMPTY : kind.table(array);
            pieces.put(key, new PendingAppend(table, (name, ids) -> writer.write(kind, array, name)));
        });
        return pieces;
    }

    /**
     * Returns all elements under each key, in fresh arrays.
     *
     * @throws IllegalArgumentException if a key holds another type, or more than an array can hold: see {@link #stream}
     */
    @Override
    public List<A> get(Collection<String> keys) {
        List<String> asked = new ArrayList<>(keys);
        List<Bytes> stored = streams.store.get(asked);
        List<A> arrays = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            arrays.add(ArrayReader.read(kind, stored.get(i), asked.get(i), allocator, scratch));
        }
        return arrays;
    }

    /**
     * Returns what is under a key as of now in pieces, one of them in memory at a time: an append makes one piece, or
     * several if it is large. The stream needs no close, and stays valid when the key is deleted, and after
     * {@link #close}. It is read by one thread.
     */
    public Stream<A> stream(String key) {
        ArrayReader<A> reader = new ArrayReader<>(kind, streams.store.get(key), key, allocator, scratch);
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(
                new AbstractSpliterator<A>(Long.MAX_VALUE, traits) {
                    @Override
                    public boolean tryAdvance(Consumer<? super A> action) {
                        A next = reader.next();
                        if (next != null) action.accept(next);
                        return next != null;
                    }
                },
                false);
    }

    /** Returns the store below. */
    @Override
    public Partd<Bytes> store() {
        return streams.store;
    }

    @Override
    public void delete(Collection<String> keys) {
        streams.store.delete(keys);
    }

    @Override
    public SortedSet<String> keys() {
        return streams.store.keys();
    }

    @Override
    public void drop() {
        streams.store.drop();
    }

    @Override
    public long removals() {
        return streams.store.removals();
    }

    @Override
    public void flush() {
        streams.store.flush();
    }

    @Override
    public Lock lock() {
        return streams.store.lock();
    }

    /** Closes the store below; what was read stays readable. */
    @Override
    public void close() {
        streams.store.close();
        scratch.clear();
    }

    @Override
    public String toString() {
        return "array(" + kind.name() + ", " + streams.store + ")";
    }
}
