package io.partd.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * Which files this JVM has locks on, whichever class loader has loaded the code that took them: a system property for
 * each. A process has its locks on a file as one, and closing any channel of the file gives up all of them. Two copies
 * of this code, which do not know of each other, would do that to each other without noticing. So a file is claimed
 * before it is opened, and let go after it was closed.
 */
public final class JvmClaims {
    public static final String PROPERTY = "io.partd.open.";

    /** A literal is one object for all class loaders. */
    private static final Object MONITOR = "io.partd.JvmClaims";
    /** Properties may be handed on to a child process: there they say nothing. */
    private static final String PROCESS = process();

    private JvmClaims() {}

    private static String process() {
        ProcessHandle me = ProcessHandle.current();
        return me.pid() + " " + me.info().startInstant().orElse(Instant.EPOCH).toEpochMilli() + " ";
    }

    /** What is the same for all names of a file, while it is there. */
    public static Object identity(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key != null ? key : file.toRealPath();
    }

    /** Makes an empty file, unless it is there: nobody in this JVM may open it meanwhile, for this closes it. */
    public static void createFile(Path file) throws IOException {
        synchronized (MONITOR) {
            if (!Files.exists(file)) Files.createFile(file);
        }
    }

    /** Claims a file; false if it is claimed. */
    public static boolean tryClaim(Object identity) {
        synchronized (MONITOR) {
            if (holder(identity) != null) return false;
            System.setProperty(PROPERTY + identity, PROCESS + JvmClaims.class.getClassLoader());
            return true;
        }
    }

    /** Claims a store's lock file, which this copy of the code has not claimed yet. */
    public static void claim(Object identity) throws IOException {
        synchronized (MONITOR) {
            if (tryClaim(identity)) return;
            throw new IOException("it is open in this JVM through another copy of this library, of class loader "
                    + holder(identity) + ", and a second would break the locks of the first: close it there, "
                    + "or load the library once for both; if that copy was unloaded with the store open, "
                    + "call System.clearProperty(\"" + PROPERTY + identity + "\")");
        }
    }

    public static void release(Object identity) {
        synchronized (MONITOR) {
            System.clearProperty(PROPERTY + identity);
        }
    }

    /** The class loader that has the file open, as text, or null for none. */
    private static String holder(Object identity) {
        String value = System.getProperty(PROPERTY + identity);
        return value == null || !value.startsWith(PROCESS) ? null : value.substring(PROCESS.length());
    }
}
