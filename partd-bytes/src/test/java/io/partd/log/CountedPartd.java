package io.partd.log;

import io.partd.Bytes;
import io.partd.Door;
import io.partd.Partd;
import io.partd.base.Piece;
import io.partd.testing.ForwardingPartd;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A store that counts the bytes that are read of the values that it gives, as the store below reads them: of a stored
 * value each block that is touched, once for each {@code get}; of gathered small chunks each chunk that is touched,
 * whole; of values in memory what was asked for. Safe for several threads.
 */
public final class CountedPartd extends ForwardingPartd<Bytes> {
    private final AtomicLong bytesRead = new AtomicLong();

    /** Counts what is read through this; closes the store when it is closed. */
    public CountedPartd(Partd<Bytes> inner) {
        super(inner);
    }

    /** Returns the bytes that were read since this was made or {@link #reset}. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /** Counts from 0 again; blocks that were touched before do not count again. */
    public void reset() {
        bytesRead.set(0);
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        return inner.get(keys).stream().map(this::counted).toList();
    }

    private Bytes counted(Bytes value) {
        return Door.bytesOf(Door.pieces(value).stream()
                .<Piece>map(piece -> new Counted(piece, bytesRead, new BitSet()))
                .toList());
    }

    private record Counted(Piece piece, AtomicLong bytesRead, BitSet blocks) implements Piece {
        @Override
        public long size() {
            return piece.size();
        }

        @Override
        public void copyTo(long from, long to, ByteBuffer dst) {
            touch(piece, from, to);
            piece.copyTo(from, to, dst);
        }

        @Override
        public void addBuffers(long from, long to, Collection<ByteBuffer> out) {
            touch(piece, from, to);
            piece.addBuffers(from, to, out);
        }

        private void touch(Piece read, long from, long to) {
            if (read instanceof Slice slice) touch(slice.whole(), slice.start() + from, slice.start() + to);
            else if (read instanceof StoredPiece) touchBlocks(read.size(), from, to);
            else if (read instanceof ChunkRun run) touchChunks(run, from, to);
            else bytesRead.addAndGet(to - from);
        }

        private void touchBlocks(long size, long from, long to) {
            int blockSize = SegmentFormat.blockSize(size);
            synchronized (blocks) {
                for (long block = from / blockSize; block * blockSize < to; block++) {
                    if (blocks.get((int) block)) continue;
                    blocks.set((int) block);
                    bytesRead.addAndGet(Math.min(blockSize, size - block * blockSize));
                }
            }
        }

        private void touchChunks(ChunkRun run, long from, long to) {
            long start = 0;
            for (int i = run.first; i < run.end; i++) {
                long end = start + run.chunks.shortLength(i);
                if (start < to && end > from) bytesRead.addAndGet(end - start);
                start = end;
            }
        }
    }
}
