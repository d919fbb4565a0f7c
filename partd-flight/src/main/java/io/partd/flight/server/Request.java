package io.partd.flight.server;

import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A request as it was received: a message, or none where it was malformed. What a marshaller throws ends in the log,
 * and the call without a proper status.
 */
record Request<Q>(Q message, int size) {

    /** The method with requests that may be malformed, as the server takes it. */
    static <Q, R> MethodDescriptor<Request<Q>, R> lenient(MethodDescriptor<Q, R> method) {
        return method.toBuilder(new Marshaller<>(method.getRequestMarshaller()), method.getResponseMarshaller())
                .build();
    }

    /**
     * The message.
     *
     * @throws IllegalArgumentException if there is none
     */
    Q require() {
        if (message == null) throw new IllegalArgumentException("the request is malformed protobuf");
        return message;
    }

    private record Marshaller<Q>(MethodDescriptor.Marshaller<Q> inner)
            implements MethodDescriptor.Marshaller<Request<Q>> {
        @Override
        public InputStream stream(Request<Q> request) {
            return inner.stream(request.message());
        }

        private static int available(InputStream stream) {
            try {
                return stream.available();
            } catch (IOException e) {
                throw new UncheckedIOException("reading a request: " + e.getMessage(), e);
            }
        }

        @Override
        public Request<Q> parse(InputStream stream) {
            int size = available(stream);
            try {
                return new Request<>(inner.parse(stream), size);
            } catch (StatusRuntimeException e) {
                return new Request<>(null, size);
            }
        }
    }
}
