package io.partd.flight.server;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever is thrown over one lease, the threads that all depend on go on. */
@Timeout(60)
class LockKeeperTest {
    private static final long LEASE = TimeUnit.SECONDS.toNanos(6);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    /** How many of the next attempts to take the store's lock throw. */
    private final AtomicInteger failing = new AtomicInteger();

    private final LockKeeper keeper = new LockKeeper(store(), LEASE, timer);

    @AfterEach
    void close() {
        keeper.close();
        timer.shutdownNow();
    }

    /** A store whose lock throws when it is told to. */
    @SuppressWarnings("unchecked") // The proxy is what it is made for.
    private Partd<Bytes> store() {
        Partd<Bytes> dict = Partds.dict();
        Lock failingLock = new ReentrantLock() {
            private static final long serialVersionUID = 1;

            @Override
            public void lockInterruptibly() throws InterruptedException {
                if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) throw new IllegalStateException("broken");
                super.lockInterruptibly();
            }
        };
        return (Partd<Bytes>) Proxy.newProxyInstance(
                Partd.class.getClassLoader(),
                new Class<?>[] {Partd.class},
                (proxy, method, arguments) ->
                        method.getName().equals("lock") ? failingLock : method.invoke(dict, arguments));
    }

    /** A holder that notes what it is told, and throws at each word. */
    private static final class Throwing implements LockKeeper.Holder {
        final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch granted = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final boolean throwing;

        Throwing(boolean throwing) {
            this.throwing = throwing;
        }

        private void tell(CountDownLatch word) {
            told.countDown();
            word.countDown();
            if (throwing) throw new StackOverflowError("of the call");
        }

        @Override
        public void granted() {
            tell(granted);
        }

        @Override
        public void refused() {
            tell(told);
        }

        @Override
        public void lost() {
            tell(told);
        }

        @Override
        public void released() {
            tell(released);
        }
    }

    private void takesItsTurn(String id) throws InterruptedException {
        Throwing holder = new Throwing(false);
        LockKeeper.Lease lease = keeper.lease(id, holder, -1);
        lease.ask();
        assertTrue(holder.granted.await(10, TimeUnit.SECONDS), id + " is not told that it has the lock");
        CountDownLatch done = new CountDownLatch(1);
        assertTrue(keeper.submit(id, done::countDown));
        assertTrue(done.await(10, TimeUnit.SECONDS));
        lease.end();
        assertTrue(holder.released.await(10, TimeUnit.SECONDS));
    }

    @Test
    void aCallThatThrowsWhenItIsTold() throws InterruptedException {
        LockKeeper.Lease lease = keeper.lease("throws", new Throwing(true), -1);
        lease.ask();
        lease.end();
        takesItsTurn("after a throw at granted");
    }

    @Test
    void aTaskThatThrows() throws InterruptedException {
        Throwing holder = new Throwing(false);
        LockKeeper.Lease lease = keeper.lease("tasks", holder, -1);
        lease.ask();
        assertTrue(holder.granted.await(10, TimeUnit.SECONDS));
        keeper.submit("tasks", () -> {
            throw new IllegalStateException("of a task");
        });
        CountDownLatch second = new CountDownLatch(1);
        assertTrue(keeper.submit("tasks", second::countDown), "the lease is still held");
        assertTrue(second.await(10, TimeUnit.SECONDS));
        lease.end();
        takesItsTurn("after a task");
    }

    /** A lease that failed, and is ended later, does not interrupt the one that has the lock by then. */
    @Test
    void aLockThatThrowsInterruptsNobodyLater() throws InterruptedException {
        failing.set(1);
        Throwing failed = new Throwing(false);
        LockKeeper.Lease broken = keeper.lease("broken", failed, -1);
        broken.ask();
        assertTrue(failed.told.await(10, TimeUnit.SECONDS));
        Throwing holder = new Throwing(false);
        LockKeeper.Lease next = keeper.lease("next", holder, -1);
        next.ask();
        assertTrue(holder.granted.await(10, TimeUnit.SECONDS));
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        keeper.submit("next", () -> {
            working.countDown();
            try {
                TimeUnit.MILLISECONDS.sleep(300);
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            done.countDown();
        });
        assertTrue(working.await(10, TimeUnit.SECONDS));
        broken.end();
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertFalse(interrupted.get(), "an older lease interrupted it");
        next.end();
    }
}
