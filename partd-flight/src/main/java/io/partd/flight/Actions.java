package io.partd.flight;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.partd.Bytes;
import io.partd.flight.ServerOptions.Right;
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

    /** The actions by their names. */
    enum Kind {
        DELETE("delete", Right.REMOVE, true, "removes keys: {\"keys\": [...]}"),
        DROP("drop", Right.REMOVE, true, "removes everything"),
        KEYS("keys", Right.READ, false, "lists the keys, in JSON lists"),
        FLUSH("flush", Right.APPEND, true, "returns when everything is on the medium"),
        STAT("stat", Right.READ, false, "says how much is stored, and how busy the server is"),
        REMOVALS("removals", Right.READ, false, "a number that grows when keys are removed"),
        GOODBYE("goodbye", Right.APPEND, true, "a client tries nothing again: {\"client\": \"...\"}");

        final String type;
        final Right right;
        final boolean changes;
        final String description;

        Kind(String type, Right right, boolean changes, String description) {
            this.type = type;
            this.right = right;
            this.changes = changes;
            this.description = description;
        }

        static Kind of(String type) {
            for (Kind kind : values()) if (kind.type.equals(type)) return kind;
            throw Failures.refusal(
                    Status.Code.UNIMPLEMENTED, "there is no such action: ListActions says which there are");
        }

        ActionType toActionType() {
            return ActionType.newBuilder()
                    .setType(type)
                    .setDescription(description)
                    .build();
        }
    }

    private final ServerContext server;
    private final String instance = UUID.randomUUID().toString();

    Actions(ServerContext server) {
        this.server = server;
    }

    @Override
    public boolean changes(Action action) {
        return Kind.of(action.getType()).changes;
    }

    @Override
    public AnswerSource<Result> open(Action action) {
        return open(Kind.of(action.getType()), action.getBody().toByteArray());
    }

    private AnswerSource<Result> open(Kind kind, byte[] body) {
        AuthInterceptor.require(kind.right, "the action " + kind.type);
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
