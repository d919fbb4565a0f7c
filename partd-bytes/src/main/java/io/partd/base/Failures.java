package io.partd.base;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Failures of the world, in words that say what to do. */
public final class Failures {
    private Failures() {}

    public static UncheckedIOException world(String message) {
        return new UncheckedIOException(message, new IOException(message));
    }

    /** Says what could not be done, and why. */
    public static UncheckedIOException world(String what, IOException cause) {
        return new UncheckedIOException(what + ": " + reason(cause), cause);
    }

    /** Says that a wait was ended by an interrupt, which stays set. */
    public static UncheckedIOException interrupted(String message) {
        Thread.currentThread().interrupt();
        return new UncheckedIOException(message, new InterruptedIOException(message));
    }

    /** Whether the disk, or what the user may have of it, is full. */
    public static boolean isFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left") || message.contains("quota exceeded");
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile() + "; give the user read and write permission";
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (isFull(e)) return message + "; make room and try again";
        if (e instanceof FileSystemException named && named.getReason() == null) {
            return e.getClass().getSimpleName().replace("Exception", "") + " " + message;
        }
        return message;
    }
}
