package io.partd.flight.wire;

import io.grpc.Detachable;
import io.grpc.HasByteBuffer;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Frames to and from gRPC's streams, by reference wherever the stream allows it. */
final class FrameMarshaller implements MethodDescriptor.Marshaller<Frame> {

    @Override
    public InputStream stream(Frame frame) {
        return new FrameStream(frame);
    }

    /** A message that is not well-formed becomes a frame that says so: what is thrown here ends in the log. */
    @Override
    public Frame parse(InputStream stream) {
        try {
            int size = stream.available();
            if (stream instanceof Detachable detachable
                    && stream instanceof HasByteBuffer memory
                    && memory.byteBufferSupported()
                    && stream.markSupported()) {
                InputStream owned = detachable.detach();
                return parse(slices(owned), size, owned);
            }
            return parse(List.of(ByteBuffer.wrap(stream.readAllBytes())), size, null);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a message: " + e.getMessage(), e);
        }
    }

    private static Frame parse(List<ByteBuffer> message, int size, InputStream owner) throws IOException {
        try {
            return FrameParser.parse(message, size, owner);
        } catch (IllegalArgumentException e) {
            if (owner != null) owner.close();
            return Frame.malformed("a FlightData message is malformed: " + e.getMessage(), size);
        }
    }

    /** The memory that the stream lies in; what is skipped behind a mark is not freed before the stream is closed. */
    private static List<ByteBuffer> slices(InputStream stream) throws IOException {
        List<ByteBuffer> slices = new ArrayList<>();
        stream.mark(stream.available());
        while (stream.available() > 0) {
            ByteBuffer slice = ((HasByteBuffer) stream).getByteBuffer();
            slices.add(slice);
            if (stream.skip(slice.remaining()) != slice.remaining()) throw new IOException("it ends early");
        }
        stream.reset();
        return slices;
    }
}
