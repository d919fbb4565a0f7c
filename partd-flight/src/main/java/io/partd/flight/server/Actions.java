package io.partd.flight.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.partd.Bytes;
import io.partd.flight.ServerOptions.Right;
import io.partd.flight.protocol.ActionKind;
import io.partd.flight.protocol.AppendCommand;
import io.partd.flight.protocol.Failures;
import io.partd.flight.protocol.Json;
import io.partd.flight.server.access.AuthInterceptor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.ActionType;
import org.apache.arrow.flight.impl.Flight.Result;

/** What DoAction does. */
final class Actions implements StreamCall.Method<Action, Result> {
    private static final int KEYS_AT_ONCE = 1000;

    private final ServerContext server;
    private final String instance = UUID.randomUUID().toString();

    Actions(ServerContext server) {
        this.server = server;
    }

    @Override
    public boolean changes(Action action) {
        return kind(action).changes;
    }

    @Override
    public AnswerSource<Result> open(Action action) {
        return open(kind(action), action.getBody().toByteArray());
    }

    static ActionType type(ActionKind kind) {
        return ActionType.newBuilder()
                .setType(kind.type)
                .setDescription(kind.description)
                .build();
    }

    private static ActionKind kind(Action action) {
        return ActionKind.of(action.getType())
                .orElseThrow(() -> Failures.refusal(
                        Status.Code.UNIMPLEMENTED, "there is no such action: ListActions says which there are"));
    }

    private static Right right(ActionKind kind) {
        return switch (kind) {
            case DELETE, DROP -> Right.REMOVE;
            case FLUSH, GOODBYE -> Right.APPEND;
            case KEYS, STAT, REMOVALS -> Right.READ;
        };
    }

    private AnswerSource<Result> open(ActionKind kind, byte[] body) {
        AuthInterceptor.require(right(kind), "the action " + kind.type);
        switch (kind) {
            case DELETE ->
                server.store.delete(Json.texts(Json.read(body, "the action's body", Set.of("keys")), "keys"));
            case DROP -> server.store.drop();
            case FLUSH -> server.store.flush();
            case GOODBYE ->
                server.appends.forget(AppendCommand.client(Json.read(body, "the action's body", Set.of("client"))));
            case KEYS -> {
                return keys();
            }
            case STAT -> {
                return one(stat());
            }
            case REMOVALS -> {
                return one(Json.object().put("instance", instance).put("removals", server.store.removals()));
            }
        }
        return AnswerSource.of(List.<Result>of().iterator());
    }

    private AnswerSource<Result> keys() {
        Iterator<String> keys = server.store.keys().iterator();
        return AnswerSource.of(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return keys.hasNext();
            }

            @Override
            public Result next() {
                ArrayNode some = Json.array();
                while (some.size() < KEYS_AT_ONCE && keys.hasNext()) some.add(keys.next());
                return result(Json.bytes(some));
            }
        });
    }

    private ObjectNode stat() {
        List<String> keys = new ArrayList<>(server.store.keys());
        long bytes = 0;
        for (Bytes each : server.store.get(keys)) bytes += each.size();
        return Json.object()
                .put("keys", keys.size())
                .put("bytes", bytes)
                .put("requestBytes", server.plan.used())
                .put("mostRequestBytes", server.plan.peak());
    }

    private static AnswerSource<Result> one(ObjectNode json) {
        return AnswerSource.of(result(Json.bytes(json)));
    }

    private static Result result(byte[] body) {
        return Result.newBuilder().setBody(ByteString.copyFrom(body)).build();
    }
}
