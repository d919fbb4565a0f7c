package io.partd.arrow.ipc;

import io.partd.Bytes;
import java.util.List;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/** Counts the bytes that some columns take, without reading them. */
public final class ColumnBytes {
    private ColumnBytes() {}

    /**
     * The bytes of these columns, or of all where none is named.
     *
     * @throws io.partd.CorruptPartdException if the bytes are no Arrow IPC stream, or a broken one
     * @throws IllegalArgumentException if a column is not there
     */
    public static long of(Bytes bytes, String name, List<String> columns) {
        MessageCursor cursor = new MessageCursor(bytes, name);
        if (!cursor.next()) return 0;
        TableSchema table = SchemaMessages.read(cursor);
        Projection projection = Projection.of(table, columns, cursor.where);
        long total = 0;
        while (cursor.next()) {
            if (cursor.type == MessageHeader.DictionaryBatch) total += dictionary(cursor, projection);
            else if (cursor.type == MessageHeader.RecordBatch) total += batch(cursor, table, projection);
        }
        return total;
    }

    private static long dictionary(MessageCursor cursor, Projection projection) {
        long id = cursor.decode(() -> ((DictionaryBatch) cursor.message.header(new DictionaryBatch())).id());
        return projection.dictionaries.contains(id) ? cursor.bodyEnd - cursor.bodyStart : 0;
    }

    private static long batch(MessageCursor cursor, TableSchema table, Projection projection) {
        RecordBatch header = cursor.decode(() -> (RecordBatch) cursor.message.header(new RecordBatch()));
        if (header == null) throw cursor.corrupt("a message has no header");
        BatchRanges ranges = new BatchRanges(cursor, header);
        int[] views = {0};
        int buffer = 0;
        long total = 0;
        for (int i = 0; i < table.columns.length; i++) {
            int end = buffer + ranges.count(table.columns[i], views);
            BatchRanges.Range range = ranges.of(buffer, end);
            if (projection.wanted[i]) total += range.to() - range.from();
            buffer = end;
        }
        return total;
    }
}
