package io.partd.flight.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.partd.CorruptPartdException;
import io.partd.flight.protocol.AppendFailure.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** Exceptions as gRPC statuses, and back: a client throws what the store threw. */
public final class Failures {
    private static final Metadata.Key<byte[]> DETAIL =
            Metadata.Key.of("partd-error-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final int LONGEST_MESSAGE = 2000;

    private Failures() {}

    /** What a call is refused for that is nobody's exception. */
    public static StatusRuntimeException refusal(Status.Code code, String message) {
        return code.toStatus().withDescription(message).asRuntimeException();
    }

    /** The status of what a call threw. */
    public static Status status(Throwable failure) {
        if (failure instanceof StatusRuntimeException refusal) return refusal.getStatus();
        if (failure instanceof AppendFailure append) return status(append.getCause());
        String message = message(failure);
        if (failure instanceof IllegalArgumentException) return Status.INVALID_ARGUMENT.withDescription(message);
        if (failure instanceof CorruptPartdException) return Status.DATA_LOSS.withDescription(message);
        if (failure instanceof IllegalStateException) return Status.FAILED_PRECONDITION.withDescription(message);
        if (failure instanceof UncheckedIOException) return Status.ABORTED.withDescription(message);
        if (failure instanceof OutOfMemoryError) return Status.RESOURCE_EXHAUSTED.withDescription("out of memory");
        return Status.INTERNAL.withDescription(
                "an error of the server: " + failure.getClass().getName());
    }

    private static String message(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "..." : message;
    }

    /** What a client needs to throw it again. */
    public static Metadata trailers(Throwable failure) {
        Metadata trailers = new Metadata();
        Throwable thrown = failure instanceof AppendFailure append ? append.getCause() : failure;
        Told told = failure instanceof AppendFailure append ? append.told() : Told.UNSAID;
        String type = type(thrown);
        if (type == null && told == Told.UNSAID) return trailers;
        ObjectNode detail = Json.object().put("message", message(thrown));
        if (type != null) detail.put("type", type);
        if (told != Told.UNSAID) detail.put("outcome", told.word);
        if (thrown instanceof CorruptPartdException corrupt) {
            detail.put("file", corrupt.file()).put("offset", corrupt.offset()).put("reason", corrupt.reason());
        }
        trailers.put(DETAIL, Json.bytes(detail));
        return trailers;
    }

    private static String type(Throwable failure) {
        if (failure instanceof CorruptPartdException) return "corrupt";
        if (failure instanceof UncheckedIOException) return "io";
        if (failure instanceof IllegalArgumentException) return "argument";
        return failure instanceof IllegalStateException ? "state" : null;
    }

    /** What the server tells of a change that it failed. */
    public static Told told(Metadata trailers) {
        ObjectNode node = detail(trailers);
        return node == null || !node.has("outcome") ? Told.UNSAID : Told.of(Json.text(node, "outcome"));
    }

    private static ObjectNode detail(Metadata trailers) {
        byte[] detail = trailers == null ? null : trailers.get(DETAIL);
        if (detail == null) return null;
        return Json.read(
                detail, "the server's error", Set.of("type", "message", "outcome", "file", "offset", "reason"));
    }

    /** What the store threw, or null where the failure is not the store's. */
    public static RuntimeException thrown(Metadata trailers) {
        ObjectNode node = detail(trailers);
        if (node == null || !node.has("type")) return null;
        String message = Json.text(node, "message");
        return switch (Json.text(node, "type")) {
            case "corrupt" ->
                new CorruptPartdException(
                        Json.text(node, "file"), Json.number(node, "offset"), Json.text(node, "reason"));
            case "argument" -> new IllegalArgumentException(message);
            case "state" -> new IllegalStateException(message);
            default -> new UncheckedIOException(message, new IOException(message));
        };
    }
}
