package io.partd.log;

import io.partd.base.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Small chunks of one key that follow each other. They are copied together, and checked, each time that they are asked
 * for: nothing is kept.
 */
final class ChunkRun implements Piece {
    final ChunkList.View chunks;
    final int first;
    final int end;
    private final int size;
    private final List<Segment> segments;

    private ChunkRun(ChunkList.View chunks, int first, int end, int size, List<Segment> segments) {
        this.chunks = chunks;
        this.first = first;
        this.end = end;
        this.size = size;
        this.segments = segments;
    }

    /** A run of the chunks from {@code first} to before {@code end}, which have {@code size} bytes in all. */
    static ChunkRun of(ChunkList.View chunks, int first, int end, int size, List<Segment> segments) {
        return new ChunkRun(chunks, first, end, size, segments);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void copyTo(long from, long to, ByteBuffer dst) {
        if (dst.hasArray()) {
            copy((int) from, (int) to, dst.array(), dst.arrayOffset() + dst.position());
            dst.position(dst.position() + (int) (to - from));
        } else {
            byte[] copy = new byte[(int) (to - from)];
            copy((int) from, (int) to, copy, 0);
            dst.put(copy);
        }
    }

    @Override
    public void addBuffers(long from, long to, Collection<ByteBuffer> out) {
        byte[] copy = new byte[(int) (to - from)];
        copy((int) from, (int) to, copy, 0);
        out.add(ByteBuffer.wrap(copy));
    }

    private void copy(int from, int to, byte[] dst, int at) {
        ChunkCopier copier = new ChunkCopier();
        int start = 0;
        for (int i = first; i < end && start < to; i++) {
            int length = chunks.shortLength(i);
            if (length > 0 && start + length > from) {
                int skipped = Math.max(0, from - start);
                int last = Math.min(length, to - start);
                copier.copy(i, length, skipped, last, dst, at + start + skipped - from);
            }
            start += length;
        }
    }

    /** Copies single chunks; a chunk is checked whole also where only a part of it is asked for. */
    private final class ChunkCopier {
        private final CRC32C crc = new CRC32C();
        private final long now = System.nanoTime();

        void copy(int i, int length, int skipped, int last, byte[] dst, int at) {
            if (skipped == 0 && last == length) {
                read(i, length, dst, at);
            } else {
                byte[] whole = new byte[length];
                read(i, length, whole, 0);
                System.arraycopy(whole, skipped, dst, at, last - skipped);
            }
        }

        private void read(int i, int length, byte[] dst, int at) {
            Segment segment = segments.get(chunks.segment(i));
            long offset = chunks.offset(i);
            segment.source.check(now);
            try {
                if (!segment.source.copy(offset, dst, at, length)) {
                    segment.read(offset, ByteBuffer.wrap(dst, at, length));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + segment.describe() + ": " + e.getMessage(), e);
            }
            crc.reset();
            crc.update(dst, at, length);
            if ((int) crc.getValue() != chunks.shortCrc(i)) throw StoredPiece.corrupt(segment, offset);
        }
    }
}
