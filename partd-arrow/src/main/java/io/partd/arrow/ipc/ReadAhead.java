package io.partd.arrow.ipc;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.arrow.memory.StoredBytes;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Reads what will be wanted of the messages that come next, of many at once, for bytes of which each read costs a
 * request. What is broken is left to who comes there. For one thread.
 */
final class ReadAhead {
    private static final int MAX_MESSAGES = 64;
    /** In bytes: more is not kept, and a range that is larger is read by who wants it. */
    private static final long MAX_BYTES = 16 << 20;

    private final StoredBytes bytes;
    private final MessageCursor ahead;
    private final TableSchema table;
    private final Projection projection;
    private final List<Long> bounds = new ArrayList<>();
    private long total;
    /** Up to where everything that is wanted was read. */
    private long until;

    private ReadAhead(StoredBytes bytes, MessageCursor ahead, TableSchema table, Projection projection) {
        this.bytes = bytes;
        this.ahead = ahead;
        this.table = table;
        this.projection = projection;
    }

    /** One for the reader of these bytes, or null where reading them costs nothing. */
    static ReadAhead of(Bytes bytes, MessageCursor reader, TableSchema table, Projection projection) {
        if (!reader.bytes.isFar()) return null;
        MessageCursor ahead = MessageCursor.keepingNothing(bytes, reader.where);
        return new ReadAhead(reader.bytes, ahead, table, projection);
    }

    /** To be called before the message at this position is read. */
    void before(long position) {
        if (position < until) return;
        bounds.clear();
        total = 0;
        for (int i = 0; i < MAX_MESSAGES && total < MAX_BYTES && next(); ) i++;
        bytes.hold(bounds.stream().mapToLong(bound -> bound).toArray());
    }

    private boolean next() {
        try {
            boolean more = ahead.next();
            until = more ? ahead.bodyEnd : Long.MAX_VALUE;
            if (more) addMessage();
            return more;
        } catch (CorruptPartdException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | NullPointerException e) {
            until = Long.MAX_VALUE; // it is broken: the reader will say so when it is there
            return false;
        }
    }

    private void addMessage() {
        add(ahead.start, ahead.bodyStart);
        if (ahead.type == MessageHeader.DictionaryBatch) addDictionary();
        if (ahead.type == MessageHeader.RecordBatch) addBatch();
    }

    private void add(long from, long to) {
        if (to - from > MAX_BYTES || from >= to || total > MAX_BYTES) return;
        bounds.add(from);
        bounds.add(to);
        total += to - from;
    }

    private void addDictionary() {
        DictionaryBatch header = (DictionaryBatch) ahead.message.header(new DictionaryBatch());
        if (header != null && projection.dictionaries.contains(header.id())) add(ahead.bodyStart, ahead.bodyEnd);
    }

    private void addBatch() {
        RecordBatch header = (RecordBatch) ahead.message.header(new RecordBatch());
        if (header == null) return;
        if (projection.isAll()) {
            add(ahead.bodyStart, ahead.bodyEnd);
            return;
        }
        BatchRanges ranges = new BatchRanges(ahead, header);
        int[] views = {0};
        int buffer = 0;
        for (int i = 0; i < table.columns.length; i++) {
            int end = buffer + ranges.count(table.columns[i], views);
            if (projection.wanted[i]) add(ranges.of(buffer, end));
            buffer = end;
        }
    }

    private void add(BatchRanges.Range range) {
        add(ahead.bodyStart + range.from(), ahead.bodyStart + range.to());
    }
}
