package io.partd.arrow.ipc;

import io.partd.arrow.column.Column;
import io.partd.arrow.column.ViewColumn;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.RecordBatch;

/** Where the buffers of columns lie in the body of a record batch message, which is not trusted. */
final class BatchRanges {
    private final MessageCursor cursor;
    private final RecordBatch message;
    private final Buffer buffer = new Buffer();

    BatchRanges(MessageCursor cursor, RecordBatch message) {
        this.cursor = cursor;
        this.message = message;
    }

    /** A range of the body. */
    record Range(long from, long to) {}

    /** From the first to the last byte of buffers, which lie together in what others write, too. */
    Range of(int first, int end) {
        if (end > message.buffersLength()) throw cursor.corrupt("it has too few buffers");
        long from = Long.MAX_VALUE;
        long to = 0;
        for (int i = first; i < end; i++) {
            Buffer each = buffer(i);
            if (each.length() == 0) continue;
            from = Math.min(from, each.offset());
            to = Math.max(to, each.offset() + each.length());
        }
        return new Range(Math.min(from, to), to);
    }

    /** A buffer that lies in the body; it is valid until the next call. */
    Buffer buffer(int number) {
        if (number >= message.buffersLength()) throw cursor.corrupt("it has only " + number + " buffers");
        message.buffers(buffer, number);
        long size = cursor.bodyEnd - cursor.bodyStart;
        if (buffer.offset() >= 0
                && buffer.length() >= 0
                && buffer.offset() <= size
                && buffer.length() <= size - buffer.offset()) return buffer;
        throw cursor.corrupt("a buffer of " + buffer.length() + " bytes at " + buffer.offset()
                + " leaves the body, which has " + size);
    }

    /** How many buffers a column and its children have; {@code views} counts the views before it, and goes on. */
    int count(Column column, int[] views) {
        int count = column.buffers + (column instanceof ViewColumn ? views(views[0]++) : 0);
        for (Column child : column.children) count += count(child, views);
        return count;
    }

    /** How many buffers the views at this place have. */
    int views(int at) {
        if (at >= message.variadicBufferCountsLength()) throw cursor.corrupt("it lacks the number of a view's buffers");
        long count = message.variadicBufferCounts(at);
        if (count < 0 || count > message.buffersLength()) throw cursor.corrupt("a view has " + count + " buffers");
        return (int) count;
    }
}
