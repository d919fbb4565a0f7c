package io.partd.duckdb.read;

import io.partd.duckdb.engine.Database;
import io.partd.duckdb.engine.ForwardingReader;
import io.partd.duckdb.engine.Watch;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.util.TransferPair;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Reads what a statement gives some batches ahead, in a thread of its own and in their order: while those before are
 * split and written, DuckDB makes the next ones. For one thread; when that one is interrupted, the statement is ended,
 * whoever waits for it.
 */
final class AheadReader extends ForwardingReader {
    private static final int MILLIS_BETWEEN_CANCELS = 20;

    private final DuckDBPreparedStatement statement;
    private final Watch.Guard guard;
    /** So many bytes are there at once, where a batch alone is not more. */
    private final long most;

    private final Thread asking = Thread.currentThread();
    private final Thread ahead = new Thread(this::readAll, "partd-duckdb-read");
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private final Queue<Batch> waiting = new ArrayDeque<>();
    private long held;
    private long largest;
    private boolean ended;
    private Throwable failure;
    /** What was asked for last, or null. */
    private Batch current;

    /** A batch that was taken from the reader, and how much of all had been read then. */
    private record Batch(VectorSchemaRoot root, long bytes, double done) {}

    /** @param reader of batches without dictionaries, which may change from one to the next; it is closed with this */
    AheadReader(ArrowReader reader, DuckDBPreparedStatement statement, Watch.Guard guard, Database database) {
        super(reader, database.allocator());
        this.statement = statement;
        this.guard = guard;
        this.most = database.memory().forAhead();
        ahead.setDaemon(true);
    }

    private void readAll() {
        try {
            while (isWanted() && guard.<Boolean, IOException>wait(asking, statement, reader::loadNextBatch)) {
                add(taken(reader.getVectorSchemaRoot()));
            }
            end(null);
        } catch (IOException | SQLException | RuntimeException | Error e) {
            end(e);
        }
    }

    /** Waits until there is room for one more; returns whether it is still asked for. */
    private boolean isWanted() {
        lock.lock();
        try {
            while (!ended && held > 0 && held + largest > most) changed.awaitUninterruptibly();
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    private Batch taken(VectorSchemaRoot loaded) {
        VectorSchemaRoot root = new VectorSchemaRoot(
                loaded.getFieldVectors().stream().map(this::taken).toList());
        long bytes = root.getFieldVectors().stream()
                .mapToLong(FieldVector::getBufferSize)
                .sum();
        return new Batch(root, bytes, DuckSource.progress(statement));
    }

    private FieldVector taken(FieldVector vector) {
        TransferPair pair = vector.getTransferPair(allocator);
        pair.transfer();
        return (FieldVector) pair.getTo();
    }

    private void add(Batch batch) {
        lock.lock();
        try {
            waiting.add(batch);
            held += batch.bytes;
            largest = Math.max(largest, batch.bytes);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(Throwable why) {
        lock.lock();
        try {
            ended = true;
            failure = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
        return current == null ? super.getVectorSchemaRoot() : current.root;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        if (ahead.getState() == Thread.State.NEW) ahead.start();
        lock.lock();
        try {
            release();
            while (waiting.isEmpty() && !ended) changed.awaitUninterruptibly();
            current = waiting.poll();
            if (current == null) requireRead();
            return current != null;
        } finally {
            lock.unlock();
        }
    }

    /** How much of all was read with the batch that was asked for last; less than 0 where that is not known. */
    double done() {
        return current == null ? -1 : current.done;
    }

    private void release() {
        if (current == null) return;
        held -= current.bytes;
        current.root.close();
        current = null;
        changed.signalAll();
    }

    private void requireRead() throws IOException {
        if (failure instanceof IOException e) throw e;
        if (failure instanceof RuntimeException e) throw e;
        if (failure instanceof Error e) throw e;
        if (failure != null) throw new IOException(failure.getMessage(), failure);
    }

    @Override
    protected void closeReadSource() throws IOException {
        endReading();
        lock.lock();
        try {
            release();
            for (Batch batch : waiting) batch.root.close();
            waiting.clear();
        } finally {
            lock.unlock();
        }
        super.closeReadSource();
    }

    /** Ends the other thread: what it waits for is not wanted any more. */
    private void endReading() throws IOException {
        lock.lock();
        try {
            if (!ended) failure = null;
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = Thread.interrupted();
        while (ahead.isAlive()) {
            try {
                // Again until it has ended: one that comes before the statement runs has no effect.
                statement.cancel();
                TimeUnit.MILLISECONDS.timedJoin(ahead, MILLIS_BETWEEN_CANCELS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (SQLException e) {
                throw new IOException("DuckDB does not end a read: " + e.getMessage(), e);
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
