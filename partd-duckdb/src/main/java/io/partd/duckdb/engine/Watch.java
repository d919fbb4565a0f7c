package io.partd.duckdb.engine;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends statements of DuckDB, which does not look at a thread's interrupt flag: those whose threads are interrupted, and
 * those that take too long. Safe for several threads.
 */
public final class Watch implements AutoCloseable {
    private static final int MILLIS_BETWEEN_LOOKS = 20;

    private final Optional<Duration> timeout;
    private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
    private Thread looker;

    Watch(Optional<Duration> timeout) {
        this.timeout = timeout;
    }

    /** Work of several statements, one after the other, whose time runs from now on. */
    public Guard begin() {
        return begin(null);
    }

    /** A statement that began, whose time runs from now on. */
    public Guard begin(Statement statement) {
        startLooking();
        return new Guard(statement);
    }

    private synchronized void startLooking() {
        if (looker != null) return;
        looker = new Thread(this::lookAgainAndAgain, "partd-duckdb-watch");
        looker.setDaemon(true);
        looker.start();
    }

    private void lookAgainAndAgain() {
        try {
            while (true) {
                guards.forEach(Guard::look);
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            // It is closed.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (looker != null) looker.interrupt();
    }

    /** A statement, or several one after the other, and the thread that waits for it, if one does now. */
    public final class Guard {
        private volatile Statement statement;
        private final long started = System.nanoTime();
        private volatile Thread waiting;
        private volatile boolean late;
        private volatile boolean interrupted;

        private Guard(Statement statement) {
            this.statement = statement;
        }

        /** What a statement does while a thread waits for it. */
        public interface Wait<T, E extends Exception> {
            T call() throws E, SQLException;
        }

        /** Waits for the statement, and has it ended when this thread is interrupted or its time is over. */
        public <T, E extends Exception> T wait(Wait<T, E> work) throws E, SQLException {
            return wait(Thread.currentThread(), statement, work);
        }

        /** The same of the statement that comes next, for another thread, whose interrupt ends it. */
        public <T, E extends Exception> T wait(Thread whose, Statement next, Wait<T, E> work) throws E, SQLException {
            statement = next;
            waiting = whose;
            guards.add(this);
            try {
                return work.call();
            } finally {
                guards.remove(this);
                waiting = null;
            }
        }

        /** Whether this thread was interrupted or the time is over, also where no statement runs. */
        public boolean isOver() {
            lookAtTime();
            return late || isInterrupted();
        }

        private void lookAtTime() {
            late |= timeout.isPresent()
                    && System.nanoTime() - started > timeout.get().toNanos();
        }

        private void look() {
            Thread thread = waiting;
            if (thread == null) return;
            lookAtTime();
            interrupted |= thread.isInterrupted();
            if (!late && !interrupted) return;
            try {
                // Again with each look: one that comes before the statement runs has no effect.
                statement.cancel();
            } catch (SQLException e) {
                // It ended by itself.
                guards.remove(this);
            }
        }

        public boolean isInterrupted() {
            return interrupted || Thread.currentThread().isInterrupted();
        }

        public boolean isLate() {
            return late;
        }
    }
}
