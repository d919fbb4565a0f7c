package io.partd.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a store is, in figures.
 *
 * @param liveBytes the bytes of all values
 * @param deadBytes the bytes of values that were deleted
 * @param fileBytes the bytes of all segments
 * @param segments the number of segments
 * @param chunksPerKey the number of chunks of each key
 */
public record Figures(
        long liveBytes, long deadBytes, long fileBytes, int segments, SortedMap<String, Integer> chunksPerKey) {

    /** Those of an index of segments. */
    static Figures of(Index index, List<Segment> segments, Medium medium) throws IOException {
        SortedMap<String, Integer> chunksPerKey = new TreeMap<>();
        long live = 0;
        for (var entry : index.views().entrySet()) {
            ChunkList.View chunks = entry.getValue();
            chunksPerKey.put(entry.getKey(), chunks.count());
            for (int i = 0; i < chunks.count(); i++) live += chunks.length(i, index.longChunks);
        }
        long fileBytes = 0;
        int files = 0;
        for (Segment segment : segments) {
            long size = sizeOf(segment, medium);
            fileBytes += size;
            if (size > 0) files++;
        }
        return new Figures(live, index.valueBytes() - live, fileBytes, files, chunksPerKey);
    }

    /** The size of the segment's file, which its writer may have removed if nothing in it counts. */
    private static long sizeOf(Segment segment, Medium medium) throws IOException {
        try {
            return medium.size(segment.name);
        } catch (NoSuchFileException e) {
            if (segment.scanned > segment.start) throw e;
            return 0;
        }
    }
}
