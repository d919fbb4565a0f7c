package io.partd.hadoop;

import io.partd.base.KeyCheck;
import io.partd.log.Contents;
import io.partd.log.Excerpt;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.LongStream;

/**
 * What a store holds at one generation, and where it lies: for who plans the reading of it. All of it is known when the
 * store is opened; nothing more is read. Safe for several threads.
 */
public final class Snapshot {
    private final URI store;
    private final long generation;
    private final Map<String, String> properties;
    private final Contents contents;

    Snapshot(URI store, long generation, Map<String, String> properties, Contents contents) {
        this.store = store;
        this.generation = generation;
        this.properties = properties;
        this.contents = contents;
    }

    /** Returns the number of the manifest; it grows by one with each commit. */
    public long generation() {
        return generation;
    }

    /** Returns what writers keep with the store, see {@link Commit#properties}. */
    public Map<String, String> properties() {
        return Map.copyOf(properties);
    }

    /** Returns the keys, in order; a copy that the caller owns. */
    public SortedSet<String> keys() {
        synchronized (contents) {
            contents.checkReadable();
            return contents.keys();
        }
    }

    /** Returns the size of a key's value; 0 where there is no such key. */
    public long bytes(String key) {
        return LongStream.of(chunkBytes(key)).sum();
    }

    /** Returns the number of chunks that a key's value lies in; 0 where there is no such key. */
    public int chunks(String key) {
        return chunkBytes(key).length;
    }

    /**
     * Returns the size of each chunk of a key's value, in order; none where there is no such key. A chunk is what one
     * append put there, or the head that it wrote before.
     */
    public long[] chunkBytes(String key) {
        KeyCheck.check(key);
        synchronized (contents) {
            contents.checkReadable();
            return contents.chunkBytes(key);
        }
    }

    /** Returns where the values of these keys lie; keys that are not there are not there either. */
    public Places places(Collection<String> keys) {
        Set<String> wanted = new LinkedHashSet<>(KeyCheck.copy(keys));
        synchronized (contents) {
            contents.checkReadable();
            List<String> present = contents.present(wanted);
            Excerpt excerpt = contents.excerpt();
            for (String key : present) excerpt.add(key, 0, Integer.MAX_VALUE);
            return new Places(store, excerpt.indexes());
        }
    }

    /**
     * Returns where some chunks of a key's value lie, from one (inclusive) to another (exclusive), counted from 0.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= chunks(key)}
     */
    public Places places(String key, int from, int to) {
        KeyCheck.check(key);
        synchronized (contents) {
            contents.checkReadable();
            Objects.checkFromToIndex(from, to, contents.chunkBytes(key).length);
            Excerpt excerpt = contents.excerpt();
            excerpt.add(key, from, to);
            return new Places(store, excerpt.indexes());
        }
    }
}
