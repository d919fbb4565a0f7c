package io.partd.flight.server.metrics;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A call to a server. */
@Name("io.partd.flight.Call")
@Label("Call")
@Description("A call to a server, from its first byte to its last")
@Category("partd")
@StackTrace(false)
final class CallEvent extends Event implements CallEvents.Timed {
    @Label("Method")
    String method;

    @Label("Status")
    @Description("As gRPC names it")
    String status;

    @Label("Client")
    String client;

    @Label("Received")
    @DataAmount
    long received;

    @Label("Sent")
    @DataAmount
    long sent;

    /** One that begins now, or the other where nobody records. */
    static CallEvents.Timed begun(CallEvents.Timed otherwise) {
        if (!new CallEvent().isEnabled()) return otherwise;
        CallEvent event = new CallEvent();
        event.begin();
        return event;
    }

    @Override
    public void end(String called, String ended, String peer, long bytesReceived, long bytesSent) {
        method = called;
        status = ended;
        client = peer;
        received = bytesReceived;
        sent = bytesSent;
        commit();
    }
}
