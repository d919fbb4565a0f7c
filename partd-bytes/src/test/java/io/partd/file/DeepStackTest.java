package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.testing.ChildProcess;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Calls that come near the end of a thread's stack: they fail, and leave the store's lock as it was. */
class DeepStackTest {
    @TempDir
    Path directory;

    /**
     * In a process of its own: where the stack ends, classes may remain half loaded. Compiled in the foreground: else a
     * busy machine makes frames smaller after the end of the stack was found.
     */
    @ParameterizedTest
    @ValueSource(strings = {"append", "heads", "delete"})
    void theLockIsFreeAfterwards(String operation) throws InterruptedException {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        try (ChildProcess child =
                ChildProcess.start(List.of("-Xbatch"), Main.class, lines::add, directory.toString(), operation)) {
            child.joinWell();
        }
        assertEquals(List.of("some overflowed"), lines);
    }

    /** {@code <directory> append|heads|delete}. */
    static final class Main {
        private static final int WARM = 2000;
        private static final int DEPTHS = 300;
        private static final Bytes V = Bytes.utf8("v");

        private final Path directory;
        private final FilePartd store;
        private final Runnable operation;
        private boolean overflowed;
        private boolean survived;

        private Main(Path directory, String operation) {
            this.directory = directory;
            this.store = Partds.file(directory);
            this.operation = switch (operation) {
                case "append" -> () -> store.append("k", V);
                case "heads" -> () -> store.append(Map.of("k", V), Map.of("k", V));
                default -> () -> store.delete("k");
            };
        }

        public static void main(String[] args) throws Exception {
            RoomKeeper.pause(true);
            Main main = new Main(Path.of(args[0]), args[1]);
            for (int i = 0; i < WARM; i++) main.operation.run();
            CompletableFuture<Void> done = new CompletableFuture<>();
            new Thread(null, () -> main.atAllDepths(done), "deep", 512 << 10).start();
            done.get();
            System.out.println(main.overflowed && main.survived ? "some overflowed" : "all alike");
            Runtime.getRuntime().halt(0);
        }

        private void atAllDepths(CompletableFuture<Void> done) {
            try {
                int most = deepest();
                for (int depth = most; depth > Math.max(0, most - DEPTHS); depth--) at(depth);
                done.complete(null);
            } catch (Exception | Error e) {
                done.completeExceptionally(e);
            }
        }

        /** From where nothing can be called that goes deeper. */
        private static int deepest() {
            for (int i = 0; i < WARM; i++) overflows(100, () -> {}); // frames are smaller once they are compiled
            int low = 0;
            int high = 1 << 20;
            while (high - low > 1) {
                int middle = (low + high) / 2;
                if (overflows(middle, () -> {})) high = middle;
                else low = middle;
            }
            return low;
        }

        private static boolean overflows(int depth, Runnable last) {
            try {
                deeper(depth, last);
                return false;
            } catch (StackOverflowError e) {
                return true;
            }
        }

        private static void deeper(int frames, Runnable last) {
            if (frames == 0) last.run();
            else deeper(frames - 1, last);
        }

        private void at(int depth) throws Exception {
            if (overflows(depth, operation)) overflowed = true;
            else survived = true;
            byte[] words = Files.readAllBytes(directory.resolve(ControlFile.FILE));
            long sharers = ByteBuffer.wrap(words).order(ByteOrder.LITTLE_ENDIAN).getLong(512);
            if (sharers != 0) throw new AssertionError(sharers + " sharers");
            if (!CompletableFuture.supplyAsync(this::isFree).get(10, TimeUnit.SECONDS))
                throw new AssertionError("the lock is not to be had");
        }

        private boolean isFree() {
            try {
                boolean free = store.lock().tryLock(5, TimeUnit.SECONDS);
                if (free) store.lock().unlock();
                return free;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
