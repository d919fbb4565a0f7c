package io.partd.log;

import io.partd.base.Piece;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One chunk of several blocks in a segment on a far medium. Small ranges are read through a window, which grows while
 * somebody goes on from where it ends; large ones as they are asked for. Every block is checked each time it is read.
 */
final class FarPiece implements Piece {
    /** The most that is read at once, and that a window has. */
    private static final int STRIDE = 4 << 20;

    private final FarValue value;
    private final int place;
    final Segment segment;
    private final long offset;
    private final long size;
    private final int blockSize;
    private final long checksAt;
    /** The checksums of all blocks, once they are read. */
    private volatile ByteBuffer checks;

    FarPiece(FarValue value, int place, Segment segment, long offset, long size, long checksAt) {
        this.value = value;
        this.place = place;
        this.segment = segment;
        this.offset = offset;
        this.size = size;
        this.blockSize = SegmentFormat.blockSize(size);
        this.checksAt = checksAt;
    }

    @Override
    public long size() {
        return size;
    }

    int firstBlock() {
        return (int) Math.min(size, blockSize);
    }

    @Override
    public void copyTo(long from, long to, ByteBuffer dst) {
        for (long at = from; at < to; ) {
            ByteBuffer part = read(at, Math.min(to, at + STRIDE));
            at += part.remaining();
            dst.put(part);
        }
    }

    @Override
    public void addBuffers(long from, long to, Collection<ByteBuffer> out) {
        for (long at = from; at < to; ) {
            ByteBuffer part = read(at, Math.min(to, at + STRIDE));
            at += part.remaining();
            out.add(part);
        }
    }

    @Override
    public BulkReader bulkReader() {
        return FarReader.INSTANCE;
    }

    /** Some bytes of a range from its start on, at least one: what the window has of it, or all. */
    private ByteBuffer read(long from, long to) {
        FarValue.Window window = value.window(this);
        if (window == null || from < window.start() || from >= window.end()) window = load(window, from, to);
        int start = (int) (from - window.start());
        return window.bytes()
                .slice(start, (int) Math.min(to - from, window.bytes().limit() - start));
    }

    /** What the window has of a range, all of it or null. */
    ByteBuffer fromWindow(long from, long to) {
        FarValue.Window window = value.window(this);
        if (window == null || from < window.start() || to > window.end()) return null;
        return window.bytes().slice((int) (from - window.start()), (int) (to - from));
    }

    private FarValue.Window load(FarValue.Window before, long from, long to) {
        if (from == 0 && to <= firstBlock()) {
            FarReader.readBeginnings(value.ahead(place));
            FarValue.Window first = value.window(this);
            if (first != null) return first; // unless another thread has pushed it out just now
        }
        long wanted = to;
        if (before != null && from == before.end())
            wanted = Math.max(to, from + 2L * before.bytes().limit());
        Blocks blocks = blocks(from, Math.min(wanted, from + STRIDE));
        FarReader.readBlocks(List.of(blocks));
        FarValue.Window window = new FarValue.Window(blocks.start, blocks.bytes());
        if (window.bytes().limit() <= STRIDE + blockSize) value.keep(this, window);
        return window;
    }

    void keepBeginning(Blocks blocks) {
        value.keep(this, new FarValue.Window(0, blocks.bytes()));
    }

    /** The blocks that a range lies in, to be read. */
    Blocks blocks(long from, long to) {
        long start = from / blockSize * blockSize;
        return new Blocks(start, Math.min(size, (to + blockSize - 1) / blockSize * blockSize));
    }

    /** Whole blocks of the piece that are read together with others. */
    final class Blocks {
        final long start;
        private final long end;
        private final List<FarRead> reads = new ArrayList<>();
        private FarRead expected;

        private Blocks(long start, long end) {
            this.start = start;
            this.end = end;
        }

        Segment segment() {
            return segment;
        }

        /** What is to be read: the blocks, and where they are not known, the checksums. */
        List<FarRead> reads() {
            reads.add(new FarRead(offset + start, Math.toIntExact(end - start)));
            if (checks == null) {
                expected = new FarRead(checksAt, Math.toIntExact(4 * SegmentFormat.blocks(size)));
                reads.add(expected);
            }
            return reads;
        }

        /** Checks what was read. */
        void check() {
            if (expected != null) checks = expected.dst();
            ByteBuffer all = checks;
            ByteBuffer bytes = bytes();
            CRC32C crc = new CRC32C();
            int sum = (int) (start / blockSize) * 4;
            for (int at = 0; at < bytes.capacity(); at += blockSize, sum += 4) {
                crc.reset();
                crc.update(
                        bytes.limit(Math.min(bytes.capacity(), at + blockSize)).position(at));
                if ((int) crc.getValue() != all.getInt(sum)) throw StoredPiece.corrupt(segment, offset + start + at);
            }
        }

        /** A view of the blocks. */
        ByteBuffer bytes() {
            return reads.get(0).dst().duplicate().clear();
        }
    }
}
