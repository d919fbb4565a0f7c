package io.partd.flight.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.partd.flight.protocol.Descriptors;
import io.partd.flight.protocol.Json;
import io.partd.flight.wire.Frame;
import java.util.List;
import java.util.Set;
import org.apache.arrow.flight.impl.Flight.Ticket;

/** What DoGet does: a ticket is a key, whose table it sends, or a command for columns of it or for bytes. */
final class DoGet implements StreamCall.Method<Ticket, Frame> {
    private static final Set<String> FIELDS = Set.of("bytes", "key", "columns");

    private final ServerContext server;

    DoGet(ServerContext server) {
        this.server = server;
    }

    @Override
    public AnswerSource<Frame> open(Ticket request) {
        ByteString ticket = request.getTicket();
        if (ticket.isEmpty() || ticket.byteAt(0) != Descriptors.COMMAND) {
            return TableGet.of(server, new Descriptors.Table(Descriptors.key(ticket), List.of()));
        }
        ObjectNode command = Json.read(ticket.substring(1).toByteArray(), "the ticket", FIELDS);
        if (!command.has("bytes")) return TableGet.of(server, Descriptors.table(command));
        return new BytesGet(server.store.get(Json.texts(command, "bytes")));
    }
}
