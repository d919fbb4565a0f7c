package io.partd.flight.server.memory;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;

class SlowClientWatchTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    /** One call that throws when it is cut does not keep others from being cut. */
    @Test
    void clientsAreWatchedAfterAThrow() throws InterruptedException {
        SlowClientWatch watch = new SlowClientWatch(TimeUnit.MILLISECONDS.toNanos(20), timer);
        CountDownLatch thrown = new CountDownLatch(1);
        watch.watch(over -> {
                    thrown.countDown();
                    throw new StackOverflowError("of the call");
                })
                .send();
        assertTrue(thrown.await(10, TimeUnit.SECONDS));
        CountDownLatch cut = new CountDownLatch(1);
        watch.watch(over -> cut.countDown()).send();
        assertTrue(cut.await(10, TimeUnit.SECONDS), "nobody is cut any more");
    }
}
