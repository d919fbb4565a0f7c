package io.partd.codec;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Encoding;
import io.partd.Layer;
import io.partd.Partd;
import io.partd.marks.Claim;
import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import io.partd.marks.Marks;
import io.partd.marks.OwnerMarks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * A store of typed values over a store of bytes: every appended value and head becomes frames of its own. Safe for
 * several threads, as the inner store is.
 */
public class EncodedPartd<V> implements Partd<V>, Layer, Marks<V> {
    final Partd<Bytes> inner;
    final Encoding<V> encoding;
    private final String layer;
    private final Marks<Bytes> innerMarks;

    /** The layer is what errors call this store. */
    public EncodedPartd(Partd<Bytes> inner, Encoding<V> encoding, String layer) {
        this.inner = Objects.requireNonNull(inner, "the store");
        this.encoding = Objects.requireNonNull(encoding, "the encoding");
        this.layer = layer;
        this.innerMarks = MarkedStores.of(inner);
    }

    @Override
    public final Partd<Bytes> store() {
        return inner;
    }

    @Override
    public final Set<String> append(Map<String, ? extends V> values, Map<String, ? extends V> heads) {
        return inner.append(encodeAll(values, "values"), encodeAll(heads, "heads"));
    }

    @Override
    public final Set<String> append(Map<String, ? extends V> values, Map<String, ? extends V> heads, List<Mark> made) {
        return innerMarks.append(encodeAll(values, "values"), encodeAll(heads, "heads"), made);
    }

    @Override
    public final <T> T sharing(Supplier<T> work) {
        return innerMarks.sharing(work);
    }

    @Override
    public final OwnerMarks marks(UUID owner) {
        return innerMarks.marks(owner);
    }

    @Override
    public final Claim claim(String who) {
        return innerMarks.claim(who);
    }

    /** All is encoded before anything is written, so that a value that fails leaves nothing behind. */
    private Map<String, Bytes> encodeAll(Map<String, ? extends V> values, String what) {
        Objects.requireNonNull(values, what);
        Map<String, Bytes> encoded = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            Objects.requireNonNull(key, "a key in " + what);
            Objects.requireNonNull(value, () -> "the value of key \"" + key + "\" in " + what);
            encoded.put(key, Frames.frame(payloads(value)));
        });
        return encoded;
    }

    /** The payloads that a value becomes, a frame each. */
    List<Bytes> payloads(V value) {
        return List.of(encoding.encode(value));
    }

    @Override
    public final List<V> get(Collection<String> keys) {
        List<String> asked = new ArrayList<>(keys);
        List<Bytes> stored = inner.get(asked);
        List<V> values = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) values.add(decode(asked.get(i), stored.get(i)));
        return values;
    }

    final V decode(String key, Bytes stored) {
        FrameReader frames = new FrameReader(stored, source(key));
        List<V> values = new ArrayList<>();
        while (frames.hasNext()) {
            Bytes payload = frames.next();
            values.add(decode(key, payload, frames.payloadOffset()));
        }
        return encoding.join(values);
    }

    private V decode(String key, Bytes payload, long offset) {
        try {
            return encoding.decode(payload);
        } catch (CorruptPartdException e) {
            // It is the decoder's, and relative to its payload: the bytes themselves were read and checked when they
            // were split.
            throw new CorruptPartdException(source(key), offset + e.offset(), e.reason(), e);
        }
    }

    private String source(String key) {
        return "key \"" + key + "\", layer " + layer + ",";
    }

    @Override
    public final void delete(Collection<String> keys) {
        inner.delete(keys);
    }

    @Override
    public final long removals() {
        return inner.removals();
    }

    @Override
    public final SortedSet<String> keys() {
        return inner.keys();
    }

    @Override
    public final void drop() {
        inner.drop();
    }

    @Override
    public final void flush() {
        inner.flush();
    }

    @Override
    public final Lock lock() {
        return inner.lock();
    }

    @Override
    public final void close() {
        inner.close();
    }

    @Override
    public String toString() {
        return layer + "(" + inner + ")";
    }
}
