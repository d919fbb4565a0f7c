package io.partd.flight.client;

import io.partd.Bytes;
import io.partd.flight.wire.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts together the bytes of several keys from the frames that carry them, with one copy. For one thread. */
final class BytesReceiver implements Consumer<Frame> {
    /**
     * No more memory than this is taken for a value before as much of it has come; little enough to be in the
     * processor's cache yet when it is filled, after the JVM has cleared it.
     */
    private static final int PIECE = 256 << 10;

    private final ByteBuffer sizes;
    private final List<Bytes> values = new ArrayList<>();
    private List<ByteBuffer> pieces = new ArrayList<>();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private long left;
    private int value = -1;

    BytesReceiver(int keys) {
        sizes = ByteBuffer.allocate(Math.multiplyExact(8, keys)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void accept(Frame frame) {
        try (frame) {
            if (frame.defect != null) throw new IllegalStateException(frame.defect);
            for (ByteBuffer part : frame.body) accept(part);
        }
    }

    private void accept(ByteBuffer part) {
        copy(part, sizes);
        if (sizes.hasRemaining()) return;
        if (value < 0) nextValue();
        while (part.hasRemaining()) {
            if (value == count()) throw new IllegalStateException("the server sends more than it announced");
            if (!current.hasRemaining()) grow();
            left -= copy(part, current);
            if (left == 0) nextValue();
        }
    }

    private int count() {
        return sizes.capacity() / 8;
    }

    private static int copy(ByteBuffer from, ByteBuffer to) {
        int length = Math.min(from.remaining(), to.remaining());
        to.put(to.position(), from, from.position(), length);
        to.position(to.position() + length);
        from.position(from.position() + length);
        return length;
    }

    private void grow() {
        current = ByteBuffer.allocate((int) Math.min(PIECE, left));
        pieces.add(current);
    }

    /** Ends the value that is whole, and goes to the next one that is not empty. */
    private void nextValue() {
        do {
            if (value >= 0) values.add(end());
            value++;
            left = value < count() ? sizes.getLong(8 * value) : 0;
            if (left < 0) throw new IllegalStateException("the server announces " + left + " bytes");
        } while (value < count() && left == 0);
    }

    private Bytes end() {
        List<ByteBuffer> whole = pieces;
        pieces = new ArrayList<>();
        current = ByteBuffer.allocate(0);
        return Bytes.of(whole.stream().map(ByteBuffer::flip).toArray(ByteBuffer[]::new));
    }

    /** All values, once the call has ended. */
    List<Bytes> values() {
        if (values.size() < count()) throw new IllegalStateException("the server sent less than it announced");
        return values;
    }
}
