package io.partd.flight.server.metrics;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/** Follows a call from its first byte to its last, for the metrics and for the Flight Recorder. */
public final class CallTracer extends ServerStreamTracer {
    private final ServerMetrics metrics;
    private final String method;
    private final long began = System.nanoTime();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final CallEvents.Timed event;
    private volatile SocketAddress peer;

    private CallTracer(ServerMetrics metrics, String method) {
        this.metrics = metrics;
        this.method = method;
        this.event = CallEvents.call();
    }

    /** Makes one for each call. */
    public static final class Factory extends ServerStreamTracer.Factory {
        private final ServerMetrics metrics;
        private final Set<String> known;

        /** @param more what the server has beside Flight's methods */
        public Factory(ServerMetrics metrics, MethodDescriptor<?, ?>... more) {
            this.metrics = metrics;
            this.known = Stream.concat(FlightServiceGrpc.getServiceDescriptor().getMethods().stream(), Stream.of(more))
                    .map(MethodDescriptor::getFullMethodName)
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** Clients may invent as many names as they like: what is counted has few. */
        @Override
        public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
            String name =
                    known.contains(fullMethodName) ? MethodDescriptor.extractBareMethodName(fullMethodName) : "other";
            return new CallTracer(metrics, name);
        }
    }

    /** Counts connections. */
    public static final class Connected extends ServerTransportFilter {
        final AtomicLong open = new AtomicLong();
        final AtomicLong all = new AtomicLong();

        @Override
        public Attributes transportReady(Attributes attributes) {
            open.incrementAndGet();
            all.incrementAndGet();
            return attributes.toBuilder().set(COUNTED, true).build();
        }

        @Override
        public void transportTerminated(Attributes attributes) {
            if (attributes != null && attributes.get(COUNTED) != null) open.decrementAndGet();
        }
    }

    private static final Attributes.Key<Boolean> COUNTED = Attributes.Key.create("partd-counted");

    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> call) {
        peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    }

    @Override
    public void inboundWireSize(long bytes) {
        received.addAndGet(bytes);
    }

    @Override
    public void outboundWireSize(long bytes) {
        sent.addAndGet(bytes);
    }

    @Override
    public void streamClosed(Status status) {
        double seconds = (System.nanoTime() - began) / 1e9;
        metrics.ended(method, status.getCode(), seconds, received.get(), sent.get());
        event.end(method, status.getCode().name(), String.valueOf(peer), received.get(), sent.get());
    }
}
