package io.partd.file;

import io.partd.base.Log;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Has open handles give back what they hold of segments that do not count any more, also while nobody uses them: a
 * deleted file keeps its room as long as somebody has it open. One daemon thread for all handles, from the first to the
 * last; it keeps no handle alive, and makes no system call where nothing has changed.
 */
final class RoomKeeper {
    static final String THREAD = "partd-room";

    /** Two of these are less than a second, with some to spare. */
    private static final long PERIOD_MILLIS = 300;

    private static final Set<Handle> HANDLES = Collections.newSetFromMap(new WeakHashMap<>());

    /** Held while all handles are looked at. */
    private static final Object PASS = new Object();

    private static boolean running;
    private static boolean paused;
    /** Whether an error was logged; with {@link #PASS}. */
    private static boolean warned;

    private RoomKeeper() {}

    static void add(Handle handle) {
        synchronized (HANDLES) {
            HANDLES.add(handle);
            if (running) return;
            Thread thread = new Thread(null, RoomKeeper::run, THREAD, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null); // that of whoever opened a store is none of its business
            thread.start();
            running = true;
        }
    }

    static void remove(Handle handle) {
        synchronized (HANDLES) {
            HANDLES.remove(handle);
        }
    }

    private static void run() {
        boolean ended = false;
        try {
            while (!ended) {
                Thread.sleep(PERIOD_MILLIS);
                pass();
                ended = endedWithTheLast();
            }
        } catch (InterruptedException e) {
            Log.get().log(Level.WARNING, "interrupted: room is given back when stores are used or closed", e);
        } finally {
            if (!ended) end();
        }
    }

    private static void pass() {
        synchronized (PASS) {
            if (paused) return;
            try {
                handles().forEach(RoomKeeper::tidy);
            } catch (OutOfMemoryError e) {
                failed("all stores give their room back a little later", e);
            }
        }
    }

    /** For tests that have to know of each change of the files. */
    static void pause(boolean pause) {
        synchronized (PASS) {
            paused = pause;
        }
    }

    private static List<Handle> handles() {
        synchronized (HANDLES) {
            return new ArrayList<>(HANDLES);
        }
    }

    private static boolean endedWithTheLast() {
        synchronized (HANDLES) {
            if (HANDLES.isEmpty()) running = false;
            return !running;
        }
    }

    /** The next handle starts another. */
    private static void end() {
        synchronized (HANDLES) {
            running = false;
        }
    }

    /** What fails in one handle, even an error, keeps no other from its turn. */
    private static void tidy(Handle handle) {
        try {
            handle.tidy();
        } catch (IOException | RuntimeException | Error e) {
            failed("the store in " + handle.directory() + " gives its room back when it is used", e);
        }
    }

    /** The first error is worth a warning; it may come again a few times a second. */
    private static void failed(String consequence, Throwable e) {
        boolean warn = e instanceof Error && !warned;
        warned |= warn;
        Log.get().log(warn ? Level.WARNING : Level.DEBUG, consequence, e);
    }
}
