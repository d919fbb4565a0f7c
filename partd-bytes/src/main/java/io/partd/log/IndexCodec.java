package io.partd.log;

import io.partd.CorruptPartdException;
import io.partd.marks.Mark;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The index of one segment as bytes, for its footer or sidecar: for each key a section of 16 bytes (key length, chunk
 * count, last delete), the key padded to 8 bytes, and 32 bytes for each chunk (stamp, offset, length, check). Where the
 * segment has marks, they come behind, folded by owner, in a section without a key.
 */
final class IndexCodec {
    private static final int SECTION = 16;
    private static final int CHUNK = 32;

    private IndexCodec() {}

    /** The bytes of an index of a single segment, or null if they are more than {@link SegmentFormat#MAX_DIRECTORY}. */
    static ByteBuffer encode(Index index) {
        long[] size = {0};
        index.forEach(list -> size[0] += sectionSize(list));
        List<Mark> marks = index.marks.folded(-1);
        size[0] += marksSize(marks);
        if (size[0] > SegmentFormat.MAX_DIRECTORY) return null;
        ByteBuffer dst = SegmentFormat.allocate((int) size[0]);
        index.forEach(list -> write(dst, list, index.longChunks));
        if (!marks.isEmpty()) write(dst, marks);
        return dst.flip();
    }

    private static long sectionSize(ChunkList list) {
        return SECTION
                + SegmentFormat.align(list.key.length)
                + (long) CHUNK * list.view().count();
    }

    private static long marksSize(List<Mark> marks) {
        long size = 0;
        for (Mark mark : marks) size += MarkEntry.size(mark);
        return size == 0 ? 0 : SECTION + SegmentFormat.align(size);
    }

    private static void write(ByteBuffer dst, List<Mark> marks) {
        dst.putInt(0).putInt(marks.size()).putLong(0);
        int at = dst.position();
        for (Mark mark : marks) at = MarkEntry.write(dst, at, mark);
        dst.position((int) SegmentFormat.align(at));
    }

    private static void write(ByteBuffer dst, ChunkList list, LargeChunks longChunks) {
        ChunkList.View chunks = list.view();
        dst.putInt(list.key.length).putInt(chunks.count()).putLong(list.deleted());
        dst.put(list.key).position((int) SegmentFormat.align(dst.position()));
        for (int i = 0; i < chunks.count(); i++) {
            dst.putLong(chunks.stamp(i)).putLong(chunks.offset(i));
            dst.putLong(chunks.length(i, longChunks));
            dst.putLong(chunks.isOneBlock(i) ? chunks.shortCrc(i) & 0xffffffffL : chunks.checksAt(i, longChunks));
        }
    }

    /**
     * Adds to an index what the bytes say of a segment, passing over what lies before {@code start}; their checksum is
     * right, and still every number is checked against the segment. All of its chunks get the stamp of their commit,
     * unless that is 0.
     */
    static void decode(ByteBuffer src, Index index, int segment, long start, Footer trailer, long commit, String file) {
        while (src.hasRemaining()) {
            if (src.remaining() < SECTION) throw broken(file, src);
            int keyLength = src.getInt();
            int count = src.getInt();
            long deleted = src.getLong();
            int keyAt = src.position();
            if (keyLength == 0 && deleted == 0) {
                readMarks(src, index, count, file);
                continue;
            }
            if (keyLength <= 0 || keyLength > 0xffff || count < 0) throw broken(file, src);
            if (src.remaining() < SegmentFormat.align(keyLength) + (long) CHUNK * count) throw broken(file, src);
            src.position(keyAt + (int) SegmentFormat.align(keyLength));
            ChunkList list = index.find(src, keyAt, keyLength);
            if (deleted != 0) index.delete(list, commit == 0 ? deleted : commit);
            for (int i = 0; i < count; i++) {
                long stamp = src.getLong();
                long offset = src.getLong();
                long length = src.getLong();
                long check = src.getLong();
                boolean inside = offset >= SegmentHeader.SIZE
                        && length >= 0
                        && offset <= trailer.dataEnd()
                        && length <= trailer.dataEnd() - offset
                        && offset % SegmentFormat.ALIGNMENT == 0
                        && (length <= SegmentFormat.MIN_BLOCK ? check >>> 32 == 0 : check >= 0 && check < offset);
                if (!inside) throw broken(file, src);
                // an empty value at the end of what was replaced lies just there, where the next record begins
                if (offset > start) index.add(list, commit == 0 ? stamp : commit, segment, offset, length, check);
            }
        }
        index.addTotals(trailer.valueBytes(), commit == 0 ? trailer.lastStamp() : commit);
    }

    private static void readMarks(ByteBuffer src, Index index, int count, String file) {
        int at = src.position();
        for (int i = 0; i < count; i++) {
            int end = MarkEntry.end(src, at, src.limit());
            if (end < 0) throw broken(file, src);
            index.marks.add(MarkEntry.read(src, at, 0));
            at = end;
        }
        if (count <= 0 || SegmentFormat.align(at) > src.limit()) throw broken(file, src);
        src.position((int) SegmentFormat.align(at));
    }

    private static CorruptPartdException broken(String file, ByteBuffer src) {
        return new CorruptPartdException(file, src.position(), "the index of the segment has an impossible entry");
    }
}
