package io.partd.flight.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;

/**
 * A FlightData message. One that was received lies in the transport's memory until it is closed; one that is sent
 * refers to the sender's, which must not change until it was sent.
 */
public final class Frame implements AutoCloseable {
    public static final byte[] NOTHING = {};

    /** The encoded FlightDescriptor, or null. */
    final byte[] descriptor;
    /** The metadata of an Arrow message; empty where there is none. */
    public final byte[] header;

    public final byte[] metadata;
    public final List<ByteBuffer> body;
    public final long bodySize;
    /** The size of the whole message as it was received. */
    public final int size;
    /** What is wrong with a message that was received, or null. */
    public final String defect;

    private final Closeable owner;
    /** What the transport was given of a frame that is sent. */
    private volatile ByteBuf given;

    private Frame(
            byte[] descriptor,
            byte[] header,
            byte[] metadata,
            List<ByteBuffer> body,
            int size,
            String defect,
            Closeable owner) {
        this.descriptor = descriptor;
        this.header = header;
        this.metadata = metadata;
        this.body = body;
        this.bodySize = size(body);
        this.size = size;
        this.defect = defect;
        this.owner = owner;
    }

    /** A frame to send. */
    public static Frame of(FlightDescriptor descriptor, byte[] header, byte[] metadata, List<ByteBuffer> body) {
        byte[] encoded = descriptor == null ? null : descriptor.toByteArray();
        return new Frame(encoded, header, metadata, body, 0, null, null);
    }

    /** A frame to send that is nothing but its body. */
    public static Frame ofBody(List<ByteBuffer> body) {
        return of(null, NOTHING, NOTHING, body);
    }

    /** A frame that was received, whose memory the owner frees. */
    static Frame received(
            byte[] descriptor, byte[] header, byte[] metadata, List<ByteBuffer> body, int size, Closeable owner) {
        return new Frame(descriptor, header, metadata, body, size, null, owner);
    }

    /** What stands for a message that is not well-formed. */
    static Frame malformed(String defect, int size) {
        return new Frame(null, NOTHING, NOTHING, List.of(), size, defect, null);
    }

    public static long size(List<ByteBuffer> buffers) {
        long sum = 0;
        for (ByteBuffer buffer : buffers) sum += buffer.remaining();
        return sum;
    }

    /**
     * The descriptor that the message begins with.
     *
     * @throws IllegalArgumentException if it has none, or a malformed one
     */
    public FlightDescriptor descriptor() {
        if (descriptor == null) throw new IllegalArgumentException("the first message has no FlightDescriptor");
        try {
            return FlightDescriptor.parseFrom(descriptor);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the FlightDescriptor is malformed: " + e.getMessage(), e);
        }
    }

    /** Notes that the transport has this, which refers to the body. */
    void give(ByteBuf body) {
        given = body;
    }

    /** Whether the transport may still read the body. */
    public boolean isUsed() {
        ByteBuf now = given;
        return now != null && now.refCnt() > 0;
    }

    /** Frees the memory of a frame that was received; it is not to be looked at afterwards. */
    @Override
    public void close() {
        try {
            if (owner != null) owner.close();
        } catch (IOException e) {
            throw new UncheckedIOException("freeing a received message: " + e.getMessage(), e);
        }
    }
}
