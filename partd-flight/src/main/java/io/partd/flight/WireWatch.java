package io.partd.flight;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.function.LongConsumer;

/** Tells a call how many bytes of its messages have come, before they are whole. */
final class WireWatch extends ServerStreamTracer {
    private static final Context.Key<WireWatch> KEY = Context.key("partd-wire");

    private volatile LongConsumer listener = bytes -> {};

    /** Makes one for each call. */
    static final class Factory extends ServerStreamTracer.Factory {
        @Override
        public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
            return new WireWatch();
        }
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(KEY, this);
    }

    /** That of the call that begins in this thread. */
    static WireWatch current() {
        return KEY.get();
    }

    void listen(LongConsumer bytes) {
        listener = bytes;
    }

    @Override
    public void inboundWireSize(long bytes) {
        listener.accept(bytes);
    }
}
