package io.partd.flight.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.Status;
import java.util.Set;

/**
 * The command that asks for the store's lock.
 *
 * @param waitMillis how long to wait for it; negative is without end
 */
public record LockCommand(long waitMillis) {
    /** How the call ends when the lock is not to be had in time. */
    public static final Status.Code REFUSED = Status.Code.FAILED_PRECONDITION;

    private static final String NAME = "lock";
    private static final String WAIT = "waitMillis";
    private static final String LEASE = "lease";
    private static final Set<String> FIELDS = Set.of(NAME);
    private static final Set<String> LOCK = Set.of(WAIT);
    private static final long LONGEST_WAIT_MILLIS = 1L << 40;

    public byte[] toJson() {
        ObjectNode command = Json.object();
        ObjectNode lock = command.putObject(NAME);
        if (waitMillis >= 0) lock.put(WAIT, waitMillis);
        return Json.bytes(command);
    }

    /**
     * Reads a command.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static LockCommand of(byte[] text) {
        ObjectNode command = Json.read(text, "the command", FIELDS);
        ObjectNode lock = Json.requireObject(command.get(NAME), "\"lock\"", LOCK);
        return new LockCommand(lock.has(WAIT) ? Math.min(LONGEST_WAIT_MILLIS, Json.number(lock, WAIT)) : -1);
    }

    /** What the server answers once the lock is held. */
    public static byte[] granted(String lease) {
        return Json.bytes(Json.object().put(LEASE, lease));
    }

    /**
     * The lease that an answer names.
     *
     * @throws IllegalArgumentException if it names none
     */
    public static String lease(byte[] answer) {
        return Json.text(Json.read(answer, "the server's answer", Set.of(LEASE)), LEASE);
    }
}
