package io.partd.base;

import io.partd.testing.Threads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LockChainTest {
    private final ReentrantLock first = new ReentrantLock();
    private final ReentrantLock second = new ReentrantLock();
    private final LockChain chain = new LockChain(first, second);

    @Test
    void takesAndGivesBackAll() throws InterruptedException {
        chain.lock();
        assertTrue(chain.tryLock());
        assertTrue(chain.tryLock(1, TimeUnit.SECONDS));
        chain.lockInterruptibly();
        assertEquals(4, first.getHoldCount());
        assertEquals(4, second.getHoldCount());
        for (int i = 0; i < 4; i++) chain.unlock();
        assertFalse(first.isLocked() || second.isLocked());
    }

    @Test
    void keepsNoneWhereItCannotHaveAll() throws Exception {
        second.lock();
        try (Threads threads = new Threads()) {
            Threads.Task tries = threads.start(() -> {
                assertFalse(chain.tryLock());
                assertFalse(chain.tryLock(1, TimeUnit.MILLISECONDS));
                assertFalse(first.isHeldByCurrentThread());
                assertThrows(InterruptedException.class, chain::lockInterruptibly);
                assertFalse(first.isHeldByCurrentThread());
            });
            tries.awaitBlocked();
            tries.thread().interrupt();
            tries.join();
        }
        assertFalse(first.isLocked());
        second.unlock();
    }
}
