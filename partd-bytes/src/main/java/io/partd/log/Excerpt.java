package io.partd.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects where chunks of some keys lie, so that they can be read by who knows nothing else of the store. */
public final class Excerpt {
    private final Index index;
    private final List<Segment> segments;
    /** By the segments' numbers: what is taken of them. */
    private final Map<Integer, Index> taken = new TreeMap<>();

    Excerpt(Index index, List<Segment> segments) {
        this.index = index;
        this.segments = segments;
    }

    /** Adds the chunks of a key from one (inclusive) to another (exclusive), counted from 0; those that there are. */
    public void add(String key, int from, int to) {
        ChunkList list = index.get(key);
        if (list == null) return;
        ChunkList.View chunks = list.view();
        ByteBuffer utf8 = ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
        for (int i = from; i < Math.min(to, chunks.count()); i++) {
            long check = chunks.isOneBlock(i) ? chunks.shortCrc(i) & 0xffffffffL : chunks.checksAt(i, index.longChunks);
            taken.computeIfAbsent(chunks.segment(i), number -> new Index())
                    .add(utf8, 0, utf8.limit(), i + 1, 0, chunks.offset(i), chunks.length(i, index.longChunks), check);
        }
    }

    /** What was added: the stamps in it are the places of the chunks in their keys. */
    public SegmentIndexes indexes() {
        List<SealedSegment> all = new ArrayList<>();
        taken.forEach((number, own) -> {
            Segment segment = segments.get(number);
            all.add(SealedSegment.of(segment.name, segment.scanned, 0, own, segment.scanned));
        });
        return new SegmentIndexes(all, List.of());
    }
}
