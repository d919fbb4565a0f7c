package io.partd.flight.client;

import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which failures are tried again. */
class CallFailureTest {
    private static boolean mayPass(Status status) {
        return new CallFailure(status, new Metadata()).mayPass();
    }

    /** What gRPC makes of a write to a connection that is closed already, and of bytes that are no HTTP/2. */
    @Test
    void failuresOfTheWayHaveCauses() {
        Exception closed = new ClosedChannelException();
        assertTrue(mayPass(Status.UNKNOWN.withDescription("channel closed").withCause(closed)));
        assertTrue(mayPass(Status.INTERNAL.withDescription("http2 exception").withCause(closed)));
        assertTrue(mayPass(Status.UNAVAILABLE));
        assertTrue(mayPass(Status.CANCELLED));
    }

    @Test
    void whatTheServerSaysIsFinal() {
        assertFalse(mayPass(Status.UNKNOWN.withDescription("an error of the server")));
        assertFalse(mayPass(Status.INTERNAL));
        assertFalse(mayPass(Status.ABORTED));
        assertFalse(mayPass(Status.UNAVAILABLE.withCause(new SSLHandshakeException("unknown CA"))));
    }
}
