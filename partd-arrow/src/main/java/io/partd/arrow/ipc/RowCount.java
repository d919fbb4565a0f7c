package io.partd.arrow.ipc;

import io.partd.Bytes;
import org.apache.arrow.flatbuf.MessageHeader;

/** Counts rows without reading columns. */
public final class RowCount {
    private RowCount() {}

    /** @throws io.partd.CorruptPartdException if the bytes are no Arrow IPC stream, or a broken one */
    public static long of(Bytes bytes, String name) {
        MessageCursor cursor = new MessageCursor(bytes, name);
        long rows = 0;
        while (cursor.next()) {
            if (cursor.type != MessageHeader.RecordBatch) continue;
            long batch = cursor.rows();
            if (batch > Long.MAX_VALUE - rows) throw cursor.corrupt("it has " + batch + " rows");
            rows += batch;
        }
        return rows;
    }
}
