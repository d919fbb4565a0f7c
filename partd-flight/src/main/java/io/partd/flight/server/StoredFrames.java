package io.partd.flight.server;

import io.partd.Bytes;
import io.partd.arrow.ipc.MessageCursor;
import io.partd.flight.wire.Frame;
import java.util.NoSuchElementException;
import org.apache.arrow.flatbuf.MessageHeader;

/** The messages of a key as they are stored, as frames: nothing is copied, and checksums are verified on the way. */
final class StoredFrames implements AnswerSource<Frame> {
    private final MessageCursor walker;
    private boolean hasSchema;
    private boolean ready;

    StoredFrames(Bytes bytes, String key) {
        walker = MessageCursor.keepingNothing(bytes, TableGet.name(key));
    }

    @Override
    public boolean hasNext() {
        while (!ready && walker.next()) {
            boolean again = hasSchema && walker.type() == MessageHeader.Schema;
            hasSchema = true;
            ready = !again;
        }
        return ready;
    }

    @Override
    public Frame next() {
        if (!hasNext()) throw new NoSuchElementException();
        ready = false;
        return Frame.of(null, walker.header(), Frame.NOTHING, walker.body().buffers());
    }

    @Override
    public void close() {}
}
