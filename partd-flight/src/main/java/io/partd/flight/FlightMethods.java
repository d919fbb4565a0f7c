package io.partd.flight;

import io.grpc.MethodDescriptor;
import org.apache.arrow.flight.impl.Flight.PutResult;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/** Flight's methods that carry data, with messages that are not copied. */
final class FlightMethods {
    private static final FrameMarshaller FRAMES = new FrameMarshaller();

    static final MethodDescriptor<Frame, PutResult> DO_PUT = FlightServiceGrpc.getDoPutMethod().toBuilder(
                    FRAMES, FlightServiceGrpc.getDoPutMethod().getResponseMarshaller())
            .build();
    static final MethodDescriptor<Ticket, Frame> DO_GET = FlightServiceGrpc.getDoGetMethod().toBuilder(
                    FlightServiceGrpc.getDoGetMethod().getRequestMarshaller(), FRAMES)
            .build();
    static final MethodDescriptor<Frame, Frame> DO_EXCHANGE =
            FlightServiceGrpc.getDoExchangeMethod().toBuilder(FRAMES, FRAMES).build();

    private FlightMethods() {}
}
