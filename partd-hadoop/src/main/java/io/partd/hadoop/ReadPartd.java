package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.base.Failures;
import io.partd.base.KeyCheck;
import io.partd.base.Piece;
import io.partd.base.PieceValues;
import io.partd.log.Contents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.locks.Lock;

/**
 * A store of which there is nothing but reading: whatever is committed later, it stays as it was when it was opened.
 */
abstract class ReadPartd implements Partd<Bytes> {
    private static final PieceValues<Bytes> VALUES = PieceValues.of(Bytes.class);

    final HadoopMedium medium;
    /** Guarded by itself. */
    final Contents contents;

    private volatile boolean closed;

    ReadPartd(HadoopMedium medium, Contents contents) {
        this.medium = medium;
        this.contents = contents;
    }

    final void requireOpen() {
        if (closed) throw new IllegalStateException("the store in " + medium.root + " is closed: open another");
    }

    private UnsupportedOperationException readOnly() {
        requireOpen();
        return new UnsupportedOperationException("the store in " + medium.root
                + " was opened for reading only: write with HadoopWriter, and change it with Commit");
    }

    /** Unsupported: see {@link HadoopWriter} and {@link Commit}. */
    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        throw readOnly();
    }

    /** Returns the values; their bytes are read, and checked, when they are touched. */
    @Override
    public List<Bytes> get(Collection<String> keys) {
        List<String> wanted = KeyCheck.copy(keys);
        requireOpen();
        try {
            List<Bytes> values = new ArrayList<>(wanted.size());
            synchronized (contents) {
                contents.checkReadable();
                for (List<Piece> pieces : contents.read(wanted)) values.add(VALUES.of(pieces));
            }
            return values;
        } catch (IOException e) {
            throw Failures.world("cannot read the store in " + medium.root, e);
        }
    }

    /** Unsupported: see {@link Commit#delete}. */
    @Override
    public void delete(Collection<String> keys) {
        throw readOnly();
    }

    /** Returns always the same: nothing is removed from what was opened. */
    @Override
    public long removals() {
        requireOpen();
        return 0;
    }

    @Override
    public SortedSet<String> keys() {
        requireOpen();
        synchronized (contents) {
            contents.checkReadable();
            return contents.keys();
        }
    }

    /** Unsupported: see {@link Commit#replaceAll}. */
    @Override
    public void drop() {
        throw readOnly();
    }

    /** Does nothing: what is read here was on the medium before it was committed. */
    @Override
    public void flush() {
        requireOpen();
    }

    /** Unsupported: commits need no lock. */
    @Override
    public Lock lock() {
        throw readOnly();
    }

    /** Closes open files; what {@code get} returned can be read all the same. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        try {
            medium.close();
        } catch (IOException e) {
            throw Failures.world("closing the store in " + medium.root, e);
        }
    }
}
