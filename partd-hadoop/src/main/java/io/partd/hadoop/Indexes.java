package io.partd.hadoop;

import io.partd.log.IndexPart;
import io.partd.log.SegmentFormat;
import io.partd.log.SegmentIndexes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes the indexes of segments that are committed together, so that opening the store needs no footer of theirs. */
final class Indexes {
    private Indexes() {}

    /** Names of the files that were written, in order, whose segments have this stamp; none where there is nothing. */
    static List<IndexPart> write(HadoopMedium medium, SegmentIndexes indexes, long stamp) throws IOException {
        List<IndexPart> parts = new ArrayList<>();
        if (indexes.segments().isEmpty() && indexes.removed().isEmpty()) return parts;
        boolean done = false;
        try {
            for (SegmentIndexes some : indexes.split()) {
                ByteBuffer whole = some.encode();
                String name = HadoopMedium.newIndex();
                int crc = SegmentFormat.crc(whole, 0, whole.limit());
                parts.add(new IndexPart(name, whole.limit(), crc, stamp));
                medium.write(name, whole, false);
            }
            done = true;
            return parts;
        } finally {
            if (!done) delete(medium, parts);
        }
    }

    static void delete(HadoopMedium medium, List<IndexPart> parts) throws IOException {
        for (IndexPart part : parts) medium.delete(part.name());
    }
}
