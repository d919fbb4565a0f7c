package io.partd.flight.client;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import io.partd.flight.protocol.AppendFailure.Told;

/** What is known of a call that failed, from whether anything of it has left this process. */
final class Outcome {
    private final boolean changes;
    private final boolean repeatable;
    private final String left;
    private final String unknown;
    private final String made;
    private volatile boolean sent;
    /** Whether a try before the last one was sent. */
    private boolean sentBefore;

    private Outcome(boolean changes, boolean repeatable, String left, String unknown, String made) {
        this.changes = changes;
        this.repeatable = repeatable;
        this.left = left;
        this.unknown = unknown;
        this.made = made;
    }

    /** Of a call that changes nothing, or nothing more when it is made twice. */
    static Outcome ofRead() {
        return new Outcome(false, true, "try again", "try again", "");
    }

    /** Of an append. */
    static Outcome ofAppend() {
        return new Outcome(
                true,
                true,
                "nothing was appended",
                "it is unknown whether it was appended: read the keys to see",
                "it was appended");
    }

    /** Of a removal, which is not made twice: it could remove what came between. */
    static Outcome ofRemoval() {
        return new Outcome(
                true,
                false,
                "nothing was removed",
                "it is unknown whether they were removed: read the keys to see",
                "they were removed");
    }

    /** Options of a call that note when something of it is sent. */
    CallOptions options() {
        sentBefore |= sent;
        sent = false;
        return CallOptions.DEFAULT.withStreamTracerFactory(new ClientStreamTracer.Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
                return new ClientStreamTracer() {
                    @Override
                    public void outboundWireSize(long bytes) {
                        sent = true;
                    }
                };
            }
        });
    }

    /** Whether it may be made once more. */
    boolean mayTryAgain() {
        return repeatable || !sent;
    }

    /** Whether an interrupt may end it now. */
    boolean mayStop() {
        return !changes || !sent && !sentBefore;
    }

    /** Whether what the server says of the last try, that nothing came of it, says everything. */
    boolean isCertain(Told told) {
        return !changes || !sentBefore && told != Told.MADE && told != Told.UNKNOWN;
    }

    String text() {
        return mayStop() ? left : unknown;
    }

    /** What to say when the server has refused or failed the last try. */
    String refused(Told told, Status status) {
        if (changes && told == Told.MADE) return made;
        // An error of the server may come from anywhere.
        boolean unsaid = told == Told.UNSAID
                && (status.getCode() == Status.Code.INTERNAL || status.getCode() == Status.Code.UNKNOWN);
        return isCertain(told) && !(changes && unsaid) ? left : unknown;
    }
}
