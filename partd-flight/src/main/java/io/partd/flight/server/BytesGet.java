package io.partd.flight.server;

import io.partd.Bytes;
import io.partd.flight.wire.Frame;
import io.partd.flight.wire.WireLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** The bytes of several keys as frames: the sizes of all, and then their bytes, which are not copied. */
final class BytesGet implements AnswerSource<Frame> {
    private static final int MOST_PIECES = 500;

    private final List<Bytes> values;
    private List<Bytes> parts = List.of();
    private int value;
    private int part;
    private long at;
    private boolean begun;

    BytesGet(List<Bytes> values) {
        this.values = values;
    }

    @Override
    public boolean hasNext() {
        return !begun || skipEmpty();
    }

    /** Goes to the next part; false where there is none. */
    private boolean skipEmpty() {
        while (part == parts.size()) {
            if (value == values.size()) return false;
            parts = values.get(value++).parts();
            part = 0;
        }
        return true;
    }

    @Override
    public Frame next() {
        if (!hasNext()) throw new NoSuchElementException();
        List<ByteBuffer> body = new ArrayList<>();
        long room = WireLimits.CHUNK;
        if (!begun) {
            body.add(sizes());
            begun = true;
        }
        while (room > 0 && body.size() < MOST_PIECES && skipEmpty()) {
            Bytes current = parts.get(part);
            long end = Math.min(current.size(), at + room);
            body.addAll(current.slice(at, end).buffers());
            room -= end - at;
            at = end;
            if (at == current.size()) {
                part++;
                at = 0;
            }
        }
        return Frame.ofBody(body);
    }

    private ByteBuffer sizes() {
        ByteBuffer sizes =
                ByteBuffer.allocate(Math.multiplyExact(8, values.size())).order(ByteOrder.LITTLE_ENDIAN);
        for (Bytes each : values) sizes.putLong(each.size());
        return sizes.rewind();
    }

    @Override
    public void close() {
        parts = List.of();
    }
}
