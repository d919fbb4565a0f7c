package io.partd.flight.server;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.partd.flight.protocol.Failures;
import io.partd.flight.server.memory.MessageFlow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/**
 * gRPC's health service (grpc.health.v1), which Kubernetes and load balancers ask, without a token. Of its two methods
 * there is Check; clients that would rather use Watch take its absence for health. Its two messages of one field each
 * are written by hand: grpc-services is ten times the size of this module's other code for it.
 */
final class Health {
    private static final String SERVICE = "grpc.health.v1.Health";
    private static final Set<String> SERVED = Set.of("", FlightServiceGrpc.SERVICE_NAME);
    private static final int FIELD = 1;
    /** The number of the status. A server that is ending takes no calls, and answers none. */
    private static final int SERVING = 1;

    private static final int LONGEST = 1 << 10;

    /** From the name of a service, or null where it was none, to the number of a status. */
    static final MethodDescriptor<String, Integer> CHECK = MethodDescriptor.<String, Integer>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Check"))
            .setRequestMarshaller(new Requests())
            .setResponseMarshaller(new Responses())
            .build();

    private Health() {}

    static ServerServiceDefinition service(ServerContext server) {
        return ServerServiceDefinition.builder(SERVICE)
                .addMethod(CHECK, (call, headers) -> new Checking(server, call))
                .build();
    }

    /** A call. */
    private static final class Checking extends ServerCall.Listener<String> {
        private final ServerCall<String, Integer> call;
        private final MessageFlow flow;
        private boolean answered;
        private boolean closed;

        Checking(ServerContext server, ServerCall<String, Integer> call) {
            this.call = call;
            this.flow = new MessageFlow(
                    call,
                    server.plan.requests,
                    LONGEST,
                    1,
                    server.slowClients,
                    refusal -> end(Failures.status(refusal)));
            flow.askWithin(LONGEST);
        }

        private synchronized void end(Status status) {
            flow.close();
            if (!closed && !call.isCancelled()) call.close(status, new Metadata());
            closed = true;
        }

        @Override
        public void onCancel() {
            flow.close();
        }

        @Override
        public void onMessage(String service) {
            answered = true;
            if (service == null || !SERVED.contains(service)) {
                end(Status.NOT_FOUND.withDescription("there is no such service"));
                return;
            }
            answer();
            end(Status.OK);
        }

        private synchronized void answer() {
            if (closed) return;
            call.sendHeaders(new Metadata());
            call.sendMessage(SERVING);
        }

        @Override
        public void onHalfClose() {
            if (!answered) end(Status.INVALID_ARGUMENT.withDescription("the call has no request"));
        }
    }

    /** A message with a text in its first field. */
    private static final class Requests implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String service) {
            return written(out -> out.writeString(FIELD, service));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                byte[] message = stream.readNBytes(LONGEST);
                CodedInputStream in = CodedInputStream.newInstance(message);
                String service = "";
                for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                    if (tag >>> 3 == FIELD && (tag & 7) == 2) service = in.readStringRequireUtf8();
                    else in.skipField(tag);
                }
                return service;
            } catch (IOException e) {
                return null;
            }
        }
    }

    /** A message with a number in its first field. */
    private static final class Responses implements MethodDescriptor.Marshaller<Integer> {
        @Override
        public InputStream stream(Integer status) {
            return written(out -> out.writeEnum(FIELD, status));
        }

        @Override
        public Integer parse(InputStream stream) {
            try {
                CodedInputStream in = CodedInputStream.newInstance(stream);
                return in.readTag() == 0 ? 0 : in.readEnum();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static InputStream written(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
