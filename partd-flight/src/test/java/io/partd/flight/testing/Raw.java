package io.partd.flight.testing;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.partd.flight.protocol.AppendCommand;
import io.partd.flight.protocol.Headers;
import io.partd.flight.protocol.Json;
import io.partd.flight.wire.FlightMethods;
import io.partd.flight.wire.Frame;
import io.partd.testing.Patience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;

/** A client that sends what it is told to, right or wrong. */
public final class Raw implements AutoCloseable {
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    final ManagedChannel channel;
    private final String token;

    public Raw(URI uri, String token) {
        this(
                NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort())
                        .usePlaintext()
                        .build(),
                token);
    }

    public Raw(ManagedChannel channel, String token) {
        this.channel = channel;
        this.token = token;
    }

    /** A call that is under way. */
    public static final class Call extends ClientCall.Listener<byte[]> {
        public final List<byte[]> answers = new ArrayList<>();
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile Status status;
        ClientCall<byte[], byte[]> call;

        @Override
        public synchronized void onMessage(byte[] answer) {
            answers.add(answer);
            call.request(1);
        }

        @Override
        public void onClose(Status closed, Metadata trailers) {
            status = closed;
            end.countDown();
        }

        public Call send(byte[] message) {
            call.sendMessage(message);
            return this;
        }

        /** Waits for the first answer. */
        public byte[] first() throws Exception {
            Patience.until("there is an answer", () -> hasAnswer() || hasEnded());
            if (!hasAnswer()) throw new AssertionError("no answer: " + status);
            synchronized (this) {
                return answers.get(0);
            }
        }

        private synchronized boolean hasAnswer() {
            return !answers.isEmpty();
        }

        public Call halfClose() {
            call.halfClose();
            return this;
        }

        public boolean hasEnded() {
            return status != null;
        }

        public Status end() throws InterruptedException {
            if (!end.await(60, TimeUnit.SECONDS)) throw new AssertionError("the call does not end");
            return status;
        }
    }

    /** Begins a call of one of Flight's methods. */
    public Call begin(MethodDescriptor<?, ?> method) {
        return begin(method, null);
    }

    /** The same for who holds the lock. */
    public Call begin(MethodDescriptor<?, ?> method, String lease) {
        Call call = new Call();
        call.call = channel.newCall(method.toBuilder(BYTES, BYTES).build(), CallOptions.DEFAULT);
        Metadata headers = new Metadata();
        if (token != null) headers.put(Headers.AUTHORIZATION, Headers.BEARER + token);
        if (lease != null) headers.put(Headers.LEASE, lease);
        call.call.start(call, headers);
        call.call.request(1);
        return call;
    }

    /** Makes a call with these messages. */
    public Status call(MethodDescriptor<?, ?> method, byte[]... messages) throws InterruptedException {
        Call call = begin(method);
        for (byte[] message : messages) call.send(message);
        return call.halfClose().end();
    }

    /** A FlightData message. */
    public static byte[] data(FlightDescriptor descriptor, byte[] header, byte[] body) {
        return read(Frame.of(descriptor, header, Frame.NOTHING, List.of(ByteBuffer.wrap(body))));
    }

    private static byte[] read(Frame frame) {
        try (InputStream stream = FlightMethods.DO_PUT.streamRequest(frame)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static FlightDescriptor path(String... path) {
        return FlightDescriptor.newBuilder()
                .setType(FlightDescriptor.DescriptorType.PATH)
                .addAllPath(List.of(path))
                .build();
    }

    public static FlightDescriptor command(String json) {
        return FlightDescriptor.newBuilder()
                .setType(FlightDescriptor.DescriptorType.CMD)
                .setCmd(ByteString.copyFromUtf8(json))
                .build();
    }

    /** The descriptor of an append of bytes. */
    public static FlightDescriptor append(long sequence, int directory, long bytes) {
        return command(new String(
                Json.bytes(new AppendCommand(UUID.randomUUID(), sequence, 0, directory, bytes).toJson()),
                StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
