package io.partd.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Threads whose failures fail the test. */
public final class Threads implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<FutureTask<?>> tasks = new ArrayList<>();

    public interface Body {
        void run() throws Exception;
    }

    public Task start(Body body) {
        Callable<Void> call = () -> {
            body.run();
            return null;
        };
        FutureTask<Void> task = new FutureTask<>(call);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        tasks.add(task);
        thread.start();
        return new Task(thread, task);
    }

    public record Task(Thread thread, FutureTask<Void> task) {
        public void join() throws Exception {
            try {
                task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }

        /** Returns once the thread waits for something that does not come. */
        public void awaitBlocked() throws InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!isWaiting()) {
                assertTrue(System.nanoTime() < deadline, "the thread never waited");
                assertTrue(!task.isDone(), "the thread has ended");
                Thread.sleep(1);
            }
        }

        private boolean isWaiting() throws InterruptedException {
            for (int i = 0; i < 10; i++) {
                Thread.State state = thread.getState();
                if (state != Thread.State.WAITING && state != Thread.State.TIMED_WAITING) return false;
                Thread.sleep(2);
            }
            return true;
        }
    }

    /** Waits for all of them. */
    @Override
    public void close() throws ExecutionException, TimeoutException {
        try {
            for (FutureTask<?> task : tasks) task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "waited too long");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
