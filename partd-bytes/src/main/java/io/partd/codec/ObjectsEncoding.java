package io.partd.codec;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.apache.fory.Fory;
import org.apache.fory.exception.ForyException;
import org.apache.fory.exception.InsecureException;
import org.apache.fory.memory.MemoryBuffer;

/**
 * Lists of objects in the Java format of Apache Fory. A class is written as its index among the registered classes,
 * with a hash of its fields. Safe for several threads.
 */
public final class ObjectsEncoding<T> implements Encoding<List<T>> {
    public static final String NAME = "objects";

    private static final String UNREGISTERED = " is not registered";

    /**
     * More levels than a stack of 1 MiB can write: what is written has to be readable. Fory allocates for each level.
     */
    private static final int MAX_DEPTH = 1 << 14;

    /** No limit: what a read takes is bounded by the bytes there are, a few objects for each. */
    private static final long MAX_GRAPH_BYTES = Long.MAX_VALUE;

    private final Class<?>[] classes;

    /** A Fory serves one thread at a time and is slow to make: those not in use, the last used first. */
    private final ConcurrentLinkedDeque<Fory> idle = new ConcurrentLinkedDeque<>();

    public ObjectsEncoding(Class<?>... classes) {
        this.classes = classes.clone();
        idle.push(newFory());
    }

    private Fory newFory() {
        Fory fory = Fory.builder()
                .withXlang(false)
                .withCompatible(false)
                .withClassVersionCheck(true)
                .withRefTracking(true)
                .requireClassRegistration(true)
                .withMaxDepth(MAX_DEPTH)
                .withMaxGraphMemoryBytes(MAX_GRAPH_BYTES)
                .build();
        for (int id = 0; id < classes.length; id++) fory.register(classes[id], id);
        return fory;
    }

    /** A Fory that failed is not used again: its state may be what failed. */
    private <R> R with(Function<Fory, R> job) {
        Fory fory = idle.poll();
        if (fory == null) fory = newFory();
        R result = job.apply(fory);
        idle.push(fory);
        return result;
    }

    @Override
    public Bytes encode(List<T> values) {
        if (values.isEmpty()) return Bytes.EMPTY;
        List<T> copy = new ArrayList<>(values); // whatever list it is, an ArrayList is what is written
        try {
            byte[] payload = with(fory -> fory.serialize(copy));
            return Bytes.of(payload);
        } catch (ForyException e) {
            throw new IllegalArgumentException("the objects cannot be written: " + problem(e), cause(e));
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
        if (buffer.remaining() > 0) throw corrupt(buffer, "something follows the objects", null);
        if (value instanceof ArrayList<?> list && !list.isEmpty()) return (List<T>) list;
        throw corrupt(buffer, "this is not a list of objects", null);
    }

    private Object read(MemoryBuffer buffer) {
        try {
            return with(fory -> fory.deserialize(buffer));
        } catch (RuntimeException e) {
            throw corrupt(buffer, "it cannot be read with the registered classes: " + problem(e), cause(e));
        }
    }

    private static String problem(RuntimeException e) {
        Throwable cause = cause(e);
        if (cause instanceof StackOverflowError) return "they are nested too deeply for this thread's stack";
        if (cause instanceof InsecureException && cause.getMessage().contains(UNREGISTERED)) {
            // What follows is advice to those who call Fory themselves.
            int end = cause.getMessage().indexOf(UNREGISTERED) + UNREGISTERED.length();
            return cause.getMessage().substring(0, end) + ": pass it to objects(store, classes...)";
        }
        return cause.toString();
    }

    /**
     * What Fory wrapped, errors too: those of the virtual machine, unless it is a full stack, say nothing about the
     * objects.
     */
    private static Throwable cause(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) throw error;
        return cause;
    }

    private static CorruptPartdException corrupt(MemoryBuffer buffer, String reason, Throwable cause) {
        return new CorruptPartdException(NAME, buffer.readerIndex(), reason, cause);
    }

    @Override
    public List<T> join(List<List<T>> lists) {
        List<T> all = new ArrayList<>();
        for (List<T> list : lists) all.addAll(list);
        return all;
    }
}
