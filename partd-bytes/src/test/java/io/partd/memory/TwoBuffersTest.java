package io.partd.memory;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.testing.Threads;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The holder of a store's lock may use every buffer over it, whoever waits for the lock in one of them. */
class TwoBuffersTest {
    private static final int LIMIT = 100;
    private static final Bytes LARGE = Bytes.of(new byte[LIMIT + 1]);

    @TempDir
    Path directory;

    private enum Slow {
        DICT,
        FILE,
        FILE_IN_BUFFER,
        FILE_COMPRESSED;

        Partd<Bytes> open(Path directory) {
            return switch (this) {
                case DICT -> Partds.dict();
                case FILE -> Partds.file(directory);
                case FILE_IN_BUFFER -> Partds.buffer(Partds.dict(), Partds.file(directory), LIMIT / 2);
                case FILE_COMPRESSED -> Partds.zlib(Partds.file(directory));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHolderOfTheLockWaitsForNobody(Slow kind) throws Exception {
        Partd<Bytes> slow = kind.open(directory);
        BufferPartd one = new BufferPartd(new DictPartd(), slow, LIMIT);
        BufferPartd other = new BufferPartd(new DictPartd(), slow, LIMIT);
        other.append("k", Bytes.of(new byte[LIMIT]));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Threads threads = new Threads()) {
            Threads.Task holder = threads.start(() -> {
                one.lock().lock();
                held.countDown();
                Threads.await(goOn);
                use(other);
                use(one);
                one.lock().unlock();
            });
            Threads.await(held);
            List<Threads.Task> waiting = List.of(
                    threads.start(() -> other.append("k", Bytes.utf8("in turn"))),
                    threads.start(() -> other.append("k", LARGE)),
                    threads.start(() -> other.append(Map.of("k", LARGE), Map.of("new", Bytes.utf8("head")))),
                    threads.start(() -> other.putIfAbsent("newer", Bytes.utf8("head"))),
                    threads.start(other::flush),
                    threads.start(() -> other.delete("gone")),
                    threads.start(() -> {
                        other.lock().lock();
                        other.lock().unlock();
                    }));
            for (Threads.Task task : waiting) task.awaitBlocked();
            goOn.countDown();
            holder.join();
        }
        other.flush();
        one.flush();
        assertEquals(LIMIT + "in turn".length() + 2 * (LIMIT + 1), slow.get("k").size());
        assertEquals("head", slow.get("new").toUtf8());
        assertEquals("head", slow.get("newer").toUtf8());
        assertEquals(2 * LIMIT + 2 * (LIMIT + 1), slow.get("holder").size());
        one.close();
    }

    /** Everything that takes a lock. */
    private static void use(BufferPartd buffer) {
        buffer.append("holder", Bytes.of(new byte[LIMIT]));
        buffer.append("holder", LARGE);
        buffer.append(Map.of("holder", Bytes.EMPTY), Map.of("holder", Bytes.utf8("late"), "mine", Bytes.utf8("head")));
        buffer.putIfAbsent("mine", Bytes.utf8("head"));
        buffer.delete(List.of("gone", "mine"));
        buffer.flush();
        assertEquals(Set.of("holder", "k"), buffer.keys());
    }
}
