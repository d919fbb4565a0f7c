package io.partd.log;

import io.partd.base.Piece;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small chunks of one key that follow each other, on a far medium: they are read, and checked, all together. */
final class FarRun implements Piece {
    private final FarValue value;
    private final ChunkList.View chunks;
    private final int first;
    private final int end;
    private final int size;
    private final List<Segment> segments;

    FarRun(FarValue value, ChunkList.View chunks, int first, int end, int size, List<Segment> segments) {
        this.value = value;
        this.chunks = chunks;
        this.first = first;
        this.end = end;
        this.size = size;
        this.segments = segments;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void copyTo(long from, long to, ByteBuffer dst) {
        dst.put(bytes().slice((int) from, (int) (to - from)));
    }

    @Override
    public void addBuffers(long from, long to, Collection<ByteBuffer> out) {
        out.add(bytes().slice((int) from, (int) (to - from)));
    }

    private ByteBuffer bytes() {
        FarValue.Window window = value.window(this);
        if (window != null) return window.bytes();
        ByteBuffer all = SegmentFormat.allocate(size);
        load(all);
        value.keep(this, new FarValue.Window(0, all));
        return all;
    }

    private void load(ByteBuffer all) {
        Map<Segment, List<FarRead>> reads = new LinkedHashMap<>();
        int at = 0;
        for (int i = first; i < end; i++) {
            int length = chunks.shortLength(i);
            if (length == 0) continue;
            reads.computeIfAbsent(segments.get(chunks.segment(i)), segment -> new ArrayList<>())
                    .add(new FarRead(chunks.offset(i), all.slice(at, length)));
            at += length;
        }
        reads.forEach(FarReader::readSegment);
        at = 0;
        for (int i = first; i < end; i++) {
            int length = chunks.shortLength(i);
            if (length > 0 && SegmentFormat.crc(all, at, at + length) != chunks.shortCrc(i)) {
                throw StoredPiece.corrupt(segments.get(chunks.segment(i)), chunks.offset(i));
            }
            at += length;
        }
    }
}
