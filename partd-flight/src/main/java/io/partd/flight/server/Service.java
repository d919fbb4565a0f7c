package io.partd.flight.server;

import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.partd.flight.protocol.ActionKind;
import io.partd.flight.wire.FlightMethods;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flight.impl.Flight.ActionType;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/** Flight's methods and what does them. */
final class Service {
    private final ServerContext server;
    private final ServerServiceDefinition.Builder definition;

    private Service(ServerContext server) {
        this.server = server;
        this.definition = ServerServiceDefinition.builder(FlightServiceGrpc.SERVICE_NAME);
    }

    static ServerServiceDefinition of(ServerContext server) {
        Service service = new Service(server);
        service.define();
        return service.definition.build();
    }

    private void define() {
        definition.addMethod(FlightMethods.DO_PUT, (call, headers) -> new PutCall(server, call, headers).begin());
        definition.addMethod(FlightMethods.DO_EXCHANGE, (call, headers) -> new ServerLockCall(server, call));
        stream(FlightMethods.DO_GET, new DoGet(server));
        stream(FlightServiceGrpc.getDoActionMethod(), new Actions(server));
        FlightListing flights = new FlightListing(server);
        stream(FlightServiceGrpc.getListFlightsMethod(), criteria -> flights.list());
        stream(FlightServiceGrpc.getGetFlightInfoMethod(), descriptor -> AnswerSource.of(flights.info(descriptor)));
        stream(FlightServiceGrpc.getGetSchemaMethod(), descriptor -> AnswerSource.of(flights.schema(descriptor)));
        List<ActionType> actions =
                Arrays.stream(ActionKind.values()).map(Actions::type).toList();
        stream(FlightServiceGrpc.getListActionsMethod(), empty -> AnswerSource.of(actions.iterator()));
    }

    private <Q, R> void stream(MethodDescriptor<Q, R> descriptor, StreamCall.Method<Q, R> method) {
        definition.addMethod(
                Request.lenient(descriptor),
                (call, headers) -> new StreamCall<>(server, call, headers, method).begin());
    }
}
