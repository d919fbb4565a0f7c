package io.partd.flight.wire;

import io.grpc.MethodDescriptor;
import org.apache.arrow.flight.impl.Flight.PutResult;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/** Flight's methods that carry data, with messages that are not copied. */
public final class FlightMethods {
    private static final FrameMarshaller FRAMES = new FrameMarshaller();

    public static final MethodDescriptor<Frame, PutResult> DO_PUT = FlightServiceGrpc.getDoPutMethod().toBuilder(
                    FRAMES, FlightServiceGrpc.getDoPutMethod().getResponseMarshaller())
            .build();
    public static final MethodDescriptor<Ticket, Frame> DO_GET = FlightServiceGrpc.getDoGetMethod().toBuilder(
                    FlightServiceGrpc.getDoGetMethod().getRequestMarshaller(), FRAMES)
            .build();
    public static final MethodDescriptor<Frame, Frame> DO_EXCHANGE =
            FlightServiceGrpc.getDoExchangeMethod().toBuilder(FRAMES, FRAMES).build();

    private FlightMethods() {}
}
