package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.base.Failures;
import io.partd.base.KeyCheck;
import io.partd.base.PieceValues;
import io.partd.log.RecordContent;
import io.partd.log.RecordWriter;
import io.partd.log.SegmentFormat;
import io.partd.log.SegmentWriter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * What one task adds to a store: it appends to segments of its own, which nobody sees until {@link Commit} names them.
 * A task that fails, or is killed, leaves files that count for nothing; {@link Maintenance#vacuum} removes them.
 *
 * <p>It is a store to append to, so that typed layers and codecs can write through it: {@code append} writes the head
 * of a key with the first value that this writer appends to it, whatever the store holds already. Nothing can be read
 * here, and nothing deleted. After a failed append the writer is of no more use than to be aborted. Safe for several
 * threads.
 */
public final class HadoopWriter implements Partd<Bytes> {
    private static final long SEGMENT_BYTES = 1L << 30;
    private static final PieceValues<Bytes> VALUES = PieceValues.of(Bytes.class);
    private static final System.Logger LOG = System.getLogger("io.partd");

    private final HadoopMedium medium;
    private final long segmentBytes;
    private final RecordWriter records = new RecordWriter();
    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    /** By key that was appended to: whether it holds bytes. */
    private final Map<String, Boolean> appended = new HashMap<>();

    private final List<WrittenSegment> written = new ArrayList<>();
    private SegmentWriter segment;
    private long stamp;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        FAILED,
        SEALED,
        ABORTED
    }

    private HadoopWriter(HadoopMedium medium, long segmentBytes) {
        this.medium = medium;
        this.segmentBytes = segmentBytes;
    }

    /** Begins to add to the store in a directory, which need not exist. Nothing is written before the first append. */
    public static HadoopWriter open(URI store, Configuration conf) {
        return open(store, conf, SEGMENT_BYTES);
    }

    /**
     * As {@link #open(URI, Configuration)}.
     *
     * @param segmentBytes the size from which on another segment is begun; one append goes to one segment
     */
    public static HadoopWriter open(URI store, Configuration conf, long segmentBytes) {
        Objects.requireNonNull(store, "store is null");
        Objects.requireNonNull(conf, "conf is null");
        if (segmentBytes <= 0) {
            throw new IllegalArgumentException("segmentBytes is " + segmentBytes + ": use a number of bytes above 0");
        }
        try {
            return new HadoopWriter(HadoopMedium.of(store, conf), segmentBytes);
        } catch (IOException e) {
            throw Failures.world("cannot write to a store in " + store, e);
        }
    }

    /**
     * Takes away segments that tasks have sealed, of a job that will not be committed; what cannot be deleted is left
     * to {@link Maintenance#vacuum}.
     */
    public static void discard(URI store, Configuration conf, Collection<WrittenSegment> segments) {
        HadoopWriter writer = open(store, conf);
        writer.written.addAll(segments);
        writer.abort();
    }

    /** Does work while nobody else appends. */
    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        switch (state) {
            case OPEN -> {}
            case FAILED ->
                throw new IllegalStateException("an append to " + medium.root + " failed before, so that"
                        + " nothing of this task can be used: abort it, and begin with another HadoopWriter");
            case SEALED ->
                throw new IllegalStateException(
                        "the segments for " + medium.root + " are sealed: append through another HadoopWriter");
            case ABORTED ->
                throw new IllegalStateException(
                        "the writer to " + medium.root + " is closed: append through another HadoopWriter");
        }
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        Objects.requireNonNull(values, "values is null");
        Objects.requireNonNull(heads, "heads is null");
        return locked(() -> appendNow(values, heads));
    }

    private Set<String> appendNow(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        requireOpen();
        Set<String> missing = heads.keySet().stream()
                .filter(key -> !appended.getOrDefault(key, false))
                .collect(Collectors.toCollection(TreeSet::new));
        RecordContent content = RecordContent.append(values.size() + missing.size(), List.of());
        for (String key : missing) add(content, key, true, heads.get(key));
        values.forEach((key, value) -> add(content, key, false, value));
        content.checkSize();
        if (content.isEmpty()) return Set.of();
        write(content);
        for (String key : missing) appended.merge(key, heads.get(key).size() > 0, Boolean::logicalOr);
        values.forEach((key, value) -> appended.merge(key, value.size() > 0, Boolean::logicalOr));
        return Collections.unmodifiableSet(missing);
    }

    private static void add(RecordContent content, String key, boolean head, Bytes value) {
        if (value == null) throw new NullPointerException("the value for key " + key + " is null");
        content.add(key, head, VALUES.pieces(value), value.size());
    }

    private void write(RecordContent content) {
        state = State.FAILED; // until it is written
        try {
            if (segment != null && !segment.hasRoom(content, segmentBytes)) seal(segment);
            if (segment == null) {
                long created = System.currentTimeMillis() * 1_000_000;
                segment = SegmentWriter.begin(medium, SegmentFormat.WRITER_ELSEWHERE, created, true, 0, records);
            }
            segment.append(content, ++stamp);
        } catch (IOException e) {
            throw Failures.world("cannot append to a segment for the store in " + medium.root, e);
        }
        state = State.OPEN;
    }

    private void seal(SegmentWriter full) throws IOException {
        written.add(new WrittenSegment(full.seal(), System.currentTimeMillis()));
        segment = null;
    }

    /** Returns when everything appended before is on the medium, in segments that are finished. */
    @Override
    public void flush() {
        locked(() -> {
            if (state != State.SEALED) sealOpen();
            return null;
        });
    }

    private void sealOpen() {
        requireOpen();
        if (segment == null) return;
        state = State.FAILED; // until it is sealed
        try {
            seal(segment);
        } catch (IOException e) {
            throw Failures.world("cannot finish a segment for the store in " + medium.root, e);
        }
        state = State.OPEN;
    }

    /**
     * Finishes what was appended, and returns what a {@link Commit} has to be told: no segment where nothing was
     * appended. Nothing can be appended any more; called again, it returns the same.
     */
    public List<WrittenSegment> seal() {
        return locked(() -> {
            if (state != State.SEALED) sealOpen();
            state = State.SEALED;
            return List.copyOf(written);
        });
    }

    /**
     * Takes away what was written, also what is sealed: not to be called once that may be committed. What cannot be
     * deleted is left to {@link Maintenance#vacuum}. A second call does nothing.
     */
    public void abort() {
        locked(() -> {
            if (state != State.ABORTED) abortNow();
            state = State.ABORTED;
            return null;
        });
    }

    private void abortNow() {
        try {
            if (segment != null) segment.abort();
            for (WrittenSegment each : written) medium.delete(each.name());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "could not remove segments in " + medium.root + " that no commit will name", e);
        }
    }

    /** Does what {@link #abort} does, unless {@link #seal} was called. */
    @Override
    public void close() {
        if (locked(() -> state) != State.SEALED) abort();
    }

    /**
     * Returns the empty value for each key, if nothing was appended to any of them here: other values cannot be read.
     */
    @Override
    public List<Bytes> get(Collection<String> keys) {
        List<String> wanted = KeyCheck.copy(keys);
        if (locked(() -> wanted.stream().anyMatch(appended::containsKey))) throw writeOnly();
        return Collections.nCopies(wanted.size(), Bytes.EMPTY);
    }

    private UnsupportedOperationException writeOnly() {
        return new UnsupportedOperationException("this is a writer to the store in " + medium.root
                + ", which takes appends alone: commit them, and read with HadoopPartd");
    }

    /** Unsupported: see {@link Commit#delete}. */
    @Override
    public void delete(Collection<String> keys) {
        throw writeOnly();
    }

    /** Returns always the same: nothing is removed here. */
    @Override
    public long removals() {
        return 0;
    }

    /** Returns the keys that were appended to here. */
    @Override
    public SortedSet<String> keys() {
        return locked(() -> new TreeSet<>(appended.keySet()));
    }

    /** Unsupported: see {@link Commit#replaceAll}. */
    @Override
    public void drop() {
        throw writeOnly();
    }

    /** Returns a lock of this writer alone: nobody else appends to its segments. */
    @Override
    public Lock lock() {
        return lock;
    }

    /** Returns the class and the directory. */
    @Override
    public String toString() {
        return "HadoopWriter[" + medium.root + "]";
    }
}
