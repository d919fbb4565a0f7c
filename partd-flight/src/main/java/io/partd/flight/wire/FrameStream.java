package io.partd.flight.wire;

import io.grpc.Drainable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.arrow.flight.grpc.AddWritableBuffer;

/** A frame on its way to the wire: its body is handed to the transport by reference. */
@SuppressWarnings("InputStreamSlowMultibyteRead") // the transport drains it, and seldom reads
final class FrameStream extends InputStream implements Drainable {
    /** Below this a copy is cheaper than a reference. */
    private static final int COPIED = 4 << 10;

    private final Frame frame;
    private InputStream copy;

    FrameStream(Frame frame) {
        this.frame = frame;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        byte[] prefix = prefix();
        int size = Math.toIntExact(prefix.length + frame.bodySize);
        // An empty write is left out: gRPC would not free the buffer that it takes for it.
        if (size == 0) return 0;
        if (size <= COPIED) {
            target.write(prefix);
            for (ByteBuffer part : frame.body) target.write(array(part));
            return size;
        }
        ByteBuf whole = gather(prefix);
        frame.give(whole);
        try {
            AddWritableBuffer.add(whole, target, true);
        } finally {
            whole.release();
        }
        return size;
    }

    /**
     * The body by reference, but for what is small. That is copied together with the prefix, outside the heap: where
     * anything of a message lies in the heap, the transport copies all of it.
     */
    private ByteBuf gather(byte[] prefix) {
        int copiedSize = prefix.length;
        for (ByteBuffer part : frame.body) if (part.remaining() < COPIED) copiedSize += part.remaining();
        ByteBuf copied = PooledByteBufAllocator.DEFAULT.directBuffer(copiedSize).writeBytes(prefix);
        // Without a limit: one that is passed has Netty copy everything into one array.
        CompositeByteBuf whole = Unpooled.compositeBuffer(Integer.MAX_VALUE);
        try {
            for (ByteBuffer part : frame.body) {
                if (part.remaining() < COPIED) {
                    copied.writeBytes(part.duplicate());
                } else {
                    addRead(copied, whole);
                    whole.addComponent(true, Unpooled.wrappedBuffer(part));
                }
            }
            addRead(copied, whole);
            return whole;
        } finally {
            copied.release();
        }
    }

    private static void addRead(ByteBuf copied, CompositeByteBuf whole) {
        if (copied.isReadable()) whole.addComponent(true, copied.readRetainedSlice(copied.readableBytes()));
    }

    private byte[] prefix() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + frame.header.length + frame.metadata.length);
        if (frame.descriptor != null) field(out, FrameParser.DESCRIPTOR, frame.descriptor);
        if (frame.header.length > 0) field(out, FrameParser.HEADER, frame.header);
        if (frame.metadata.length > 0) field(out, FrameParser.METADATA, frame.metadata);
        if (frame.bodySize > 0) tag(out, FrameParser.BODY, frame.bodySize);
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int field, byte[] bytes) {
        tag(out, field, bytes.length);
        out.writeBytes(bytes);
    }

    private static void tag(ByteArrayOutputStream out, int field, long length) {
        varint(out, (long) field << 3 | 2);
        varint(out, length);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        for (; rest > 0x7f; rest >>>= 7) out.write((int) (rest & 0x7f | 0x80));
        out.write((int) rest);
    }

    private static byte[] array(ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.get(part.position(), bytes);
        return bytes;
    }

    /** Only what does not know of {@link Drainable}, such as a compressor, reads it so. */
    @Override
    public int read() throws IOException {
        if (copy == null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(prefix());
            for (ByteBuffer part : frame.body) bytes.writeBytes(array(part));
            copy = new ByteArrayInputStream(bytes.toByteArray());
        }
        return copy.read();
    }
}
