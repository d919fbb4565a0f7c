package io.partd.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written to a segment but for the payloads: the records' headers and directories, as they are in the file. The
 * index for the footer is made of them when the segment is finished, so that an append pays for a copy and no more; or
 * before, when they take much memory, for an index takes less. For one thread.
 */
final class DirectoryLog {
    private static final int MAX_BYTES = 32 << 20;
    private static final int MIN_BLOCK = 4 << 10;
    private static final int MAX_BLOCK = 256 << 10;

    /** A heap too small for a segment's directories does without some speed. */
    private static final long LIMIT =
            Math.min(MAX_BYTES, Math.max(MAX_BLOCK, Runtime.getRuntime().maxMemory() / 32));

    private final long segmentId;
    private final String file;
    private final long limit;

    /** Whole records, each in one block; the last block is being filled. */
    private final List<ByteBuffer> blocks = new ArrayList<>();

    private long bytes;
    /** The size of a record that was added and is not kept yet. */
    private int pending;

    /** Where the first of them begins in the segment. */
    private long start = SegmentHeader.SIZE;

    private final Index index = new Index();

    /** Why not all of it is known. */
    private OutOfMemoryError failure;

    DirectoryLog(long segmentId, String file) {
        this(segmentId, file, LIMIT);
    }

    /** A log that takes about so many bytes of memory, or a record if that takes more. */
    DirectoryLog(long segmentId, String file, long limit) {
        this.segmentId = segmentId;
        this.file = file;
        this.limit = limit;
    }

    /**
     * Takes note of a record that is going to be written: its header and directory, which lie there in the buffer. Too
     * little memory is no reason not to write it.
     */
    void add(ByteBuffer src, int from, int to) {
        if (failure != null) return;
        try {
            if (bytes > 0 && bytes + to - from > limit) fold();
            blockFor(to - from).put(src.slice(from, to - from));
            pending = to - from;
            bytes += pending;
        } catch (OutOfMemoryError e) {
            failure = e;
            pending = 0;
            blocks.clear();
        }
    }

    /** What was added last was written. */
    void keep() {
        pending = 0;
    }

    /** Takes back what was added and not kept. */
    void undo() {
        if (pending == 0) return;
        ByteBuffer block = blocks.get(blocks.size() - 1);
        block.position(block.position() - pending);
        bytes -= pending;
        pending = 0;
    }

    private ByteBuffer blockFor(int length) {
        ByteBuffer block = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (block != null && block.remaining() >= length) return block;
        int size = block == null ? MIN_BLOCK : Math.min(MAX_BLOCK, 2 * block.capacity());
        blocks.add(SegmentFormat.allocate(Math.max(size, length)));
        return blocks.get(blocks.size() - 1);
    }

    private void fold() {
        for (ByteBuffer block : blocks) {
            for (int at = 0; at < block.position(); ) at = fold(block, at);
        }
        blocks.clear();
        bytes = 0;
    }

    private int fold(ByteBuffer block, int at) {
        RecordHeader record = RecordHeader.read(block, at, segmentId, start);
        if (record == null) throw new IllegalStateException("what was written to " + file + " is not known any more");
        new DirectoryEntry(block, at + RecordHeader.SIZE, record, file).addAll(index, 0);
        start = record.end();
        return at + RecordHeader.SIZE + record.directoryBytes();
    }

    /**
     * The index of all that was kept; ends this log.
     *
     * @throws OutOfMemoryError also where there was too little memory before
     */
    Index index() {
        if (failure != null) throw failure;
        fold();
        return index;
    }
}
