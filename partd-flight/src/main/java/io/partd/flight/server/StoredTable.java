package io.partd.flight.server;

import io.partd.Bytes;
import java.util.Arrays;
import org.apache.arrow.flatbuf.MessageHeader;

/** What the headers of a key's messages say. */
record StoredTable(long rows, boolean oneSchema) {
    /**
     * Reads the headers, and nothing else.
     *
     * @throws io.partd.CorruptPartdException if the bytes are not an Arrow stream
     */
    static StoredTable of(Bytes bytes, String key) {
        long rows = 0;
        boolean oneSchema = true;
        byte[] schema = null;
        for (StreamWalker walker = new StreamWalker(bytes, key); walker.next(); ) {
            if (walker.type() == MessageHeader.RecordBatch) rows = Math.addExact(rows, walker.rows());
            if (walker.type() != MessageHeader.Schema) continue;
            oneSchema &= schema == null || Arrays.equals(schema, walker.header());
            schema = walker.header();
        }
        return new StoredTable(rows, oneSchema && schema != null);
    }
}
