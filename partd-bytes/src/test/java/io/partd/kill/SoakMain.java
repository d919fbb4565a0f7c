package io.partd.kill;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.FilePartd;
import io.partd.Partds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker of a {@link Soak}: {@code <directory> <worker> <life> <seed>} works on the stores {@code kept} and
 * {@code dropped} in the directory until it is killed. Of the keys that are its own it says {@code begin <operation>}
 * and {@code end <keys whose heads were written>}, and looks itself whether they hold what they should.
 */
final class SoakMain {
    static final List<String> SHARED = List.of("shared0", "shared1", "shared2");
    private static final long SEGMENT_BYTES = 48 << 10;
    /** More than one life has. */
    private static final int OPERATIONS = 1_000_000;

    /** Some rest leaves room for others to start: there are more kills then. */
    private static final int MOST_REST_NANOS = 4_000_000;

    private final Path directory;
    private final int worker;
    private final Random random;
    private final FileOptions options;
    private final List<String> own;
    private final Content content = new Content();
    private FilePartd kept;
    private FilePartd dropped;
    private int number;

    private SoakMain(Path directory, int worker, int life, long seed) {
        this.directory = directory;
        this.worker = worker;
        this.number = life * OPERATIONS; // no number twice
        this.random = new Random(seed);
        this.options = FileOptions.defaults().withFsync(random.nextInt(3) == 0).withSegmentBytes(SEGMENT_BYTES);
        this.own = ownKeys(worker);
    }

    static List<String> ownKeys(int worker) {
        return List.of(worker + ".a", worker + ".b", worker + ".c", worker + ".d");
    }

    public static void main(String[] args) {
        SoakMain main = new SoakMain(
                Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), Long.parseLong(args[3]));
        main.open();
        for (String key : main.own) {
            String value = main.kept.get(key).toUtf8();
            if (!value.isEmpty()) main.content.append(key, value);
        }
        say("ready");
        while (true) {
            main.step();
            if (main.random.nextInt(4) == 0) LockSupport.parkNanos(main.random.nextInt(MOST_REST_NANOS));
        }
    }

    private void open() {
        kept = Partds.file(directory.resolve("kept"), options);
        dropped = Partds.file(directory.resolve("dropped"), options);
    }

    /** One write for each line: it arrives whole or not at all. */
    private static void say(String line) {
        System.out.print(line + "\n");
        System.out.flush();
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 35) change(SoakOperation.Kind.APPEND, kept);
        else if (dice < 45) change(SoakOperation.Kind.APPEND_WITH_HEADS, kept);
        else if (dice < 50) change(SoakOperation.Kind.PUT_IF_ABSENT, kept);
        else if (dice < 56) change(SoakOperation.Kind.DELETE, kept);
        else if (dice < 66) check();
        else if (dice < 76) shared(SoakOperation.Kind.APPEND_WITH_HEADS);
        else if (dice < 82) shared(SoakOperation.Kind.PUT_IF_ABSENT);
        else if (dice < 86) shared(SoakOperation.Kind.DELETE);
        else if (dice < 90) locked();
        else if (dice < 92) either().flush();
        else if (dice < 95) either().compact();
        else if (dice < 97) dropped.drop();
        else reopen();
    }

    private FilePartd either() {
        return random.nextBoolean() ? kept : dropped;
    }

    private SoakOperation next(SoakOperation.Kind kind, List<String> keys) {
        List<String> some = new ArrayList<>();
        for (String key : keys) if (random.nextInt(3) == 0) some.add(key);
        if (some.isEmpty()) some.add(keys.get(random.nextInt(keys.size())));
        return new SoakOperation(kind, worker, number++, some);
    }

    private void change(SoakOperation.Kind kind, FilePartd store) {
        SoakOperation operation = next(kind, own);
        say("begin " + operation);
        Set<String> written = operation.run(store);
        say("end " + String.join(",", written));
        if (!written.equals(operation.apply(content))) throw new AssertionError(operation + " wrote " + written);
    }

    private void check() {
        List<Bytes> values = kept.get(own);
        for (int i = 0; i < own.size(); i++) {
            String key = own.get(i);
            if (values.get(i).toUtf8().equals(content.get(key))) continue;
            throw new AssertionError(key + " holds " + values.get(i).toUtf8() + ", not " + content.get(key));
        }
    }

    private void shared(SoakOperation.Kind kind) {
        next(kind, SHARED).run(either());
    }

    /** While it holds the lock, its own is the last. */
    private void locked() {
        FilePartd store = either();
        SoakOperation operation = next(SoakOperation.Kind.APPEND_WITH_HEADS, SHARED);
        store.lock().lock();
        try {
            operation.run(store);
            for (Bytes value : store.get(operation.keys())) {
                if (!value.toUtf8().endsWith(operation.chunk()))
                    throw new AssertionError(operation + " is not at the end of " + value.toUtf8());
            }
        } finally {
            store.lock().unlock();
        }
    }

    private void reopen() {
        kept.close();
        dropped.close();
        open();
    }
}
