package io.partd;

import java.util.ArrayList;
import java.util.List;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
import org.apache.fory.config.ForyBuilder;
import org.apache.fory.exception.InsecureException;
import org.apache.fory.memory.MemoryBuffer;

/**
 * Lists of objects in the Java format of Apache Fory. A class is written as its index among the registered classes,
 * with a hash of its fields. Safe for several threads.
 */
final class ObjectsEncoding<T> implements Encoding<List<T>> {
    static final String NAME = "objects";

    /**
     * Whatever can be written has to be readable: a nesting that a thread's stack can write is not refused when read.
     * What reads take is bounded by the bytes there are.
     */
    private static final int MAX_DEPTH = 1 << 20;

    private static final long MAX_GRAPH_BYTES = Long.MAX_VALUE;

    private final ThreadSafeFory fory;

    ObjectsEncoding(Class<?>... classes) {
        ForyBuilder builder = Fory.builder()
                .withXlang(false)
                .withCompatible(false)
                .withClassVersionCheck(true)
                .withRefTracking(true)
                .requireClassRegistration(true)
                .withMaxDepth(MAX_DEPTH)
                .withMaxGraphMemoryBytes(MAX_GRAPH_BYTES);
        this.fory = builder.buildThreadSafeFory();
        for (int id = 0; id < classes.length; id++) fory.register(classes[id], id);
    }

    @Override
    public Bytes encode(List<T> values) {
        if (values.isEmpty()) return Bytes.EMPTY;
        try {
            return Bytes.of(fory.serialize(new ArrayList<>(values)));
        } catch (InsecureException e) {
            throw new IllegalArgumentException(
                    "a class was not registered: pass it to objects(store, classes...): " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("an object is nested too deeply for this thread's stack", e);
        }
    }

    @Override
    @SuppressWarnings(
            "unchecked") // what was written was a list of T; another type shows where an element is used, as in any
    // list
    public List<T> decode(Bytes payload) {
        if (payload.size() == 0) return new ArrayList<>();
        MemoryBuffer buffer = MemoryBuffer.fromByteArray(payload.toArray());
        Object value = read(buffer);
        if (buffer.remaining() > 0) throw corrupt(buffer.readerIndex(), "something follows the objects", null);
        if (value instanceof ArrayList<?> list) return (List<T>) list;
        throw corrupt(0, "this is not a list of objects", null);
    }

    private Object read(MemoryBuffer buffer) {
        try {
            return fory.deserialize(buffer);
        } catch (RuntimeException e) {
            throw corrupt(
                    buffer.readerIndex(), "Fory cannot read it with the registered classes: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw corrupt(buffer.readerIndex(), "objects are nested too deeply for this thread's stack", e);
        }
    }

    private static CorruptPartdException corrupt(int offset, String reason, Throwable cause) {
        return new CorruptPartdException(NAME, offset, reason, cause);
    }

    @Override
    public List<T> join(List<List<T>> lists) {
        List<T> all = new ArrayList<>();
        for (List<T> list : lists) all.addAll(list);
        return all;
    }
}
