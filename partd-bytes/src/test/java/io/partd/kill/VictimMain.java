package io.partd.kill;

import io.partd.FilePartd;
import io.partd.file.WordStops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that is killed: {@code <operation> (<word> <directory>)...} does the operation to each store, in a thread
 * of its own, once it has been sent a line. A thread that comes to its store to a control word with the number
 * {@code word}, if that is not 0, stops there for ever. Says {@code ready <threads>}, and then a line for each thread:
 * {@code stopped <number>}, {@code done <number>}, or what it threw.
 */
final class VictimMain {
    private final Operation operation;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CountDownLatch begin = new CountDownLatch(1);
    private final ThreadLocal<Stores> stores = new ThreadLocal<>();

    private VictimMain(Operation operation) {
        this.operation = operation;
    }

    /** The stores to control words that a thread has made since it began, up to the one where it stops. */
    private static final class Stores {
        final int thread;
        final int word;
        int count;

        Stores(int thread, int word) {
            this.thread = thread;
            this.word = word;
        }
    }

    public static void main(String[] args) throws Exception {
        VictimMain main = new VictimMain(Operation.valueOf(args[0]));
        main.run(List.of(args).subList(1, args.length));
        Runtime.getRuntime().exit(0); // without closing anything: the end of a trial run
    }

    private void run(List<String> args) throws IOException, InterruptedException {
        WordStops.before(this::count);
        StringBuilder ready = new StringBuilder("ready");
        for (int i = 0; i < args.size(); i += 2) {
            Stores counted = new Stores(i / 2, Integer.parseInt(args.get(i)));
            Path directory = Path.of(args.get(i + 1));
            Thread thread = new Thread(() -> work(counted, directory));
            thread.setDaemon(true);
            thread.start();
            ready.append(' ').append(lines.take());
        }
        System.out.println(ready);
        if (System.in.read() < 0) return;
        begin.countDown();
        // the lines are written here, for a write would be one more system call to be killed in
        for (int i = 0; i < args.size(); i += 2) System.out.println(lines.take());
        while (System.in.read() >= 0) {} // until it is killed, or the test has died
    }

    private void work(Stores counted, Path directory) {
        try {
            FilePartd store = operation.isOpening() ? null : operation.open(directory);
            lines.add(Files.readSymbolicLink(Path.of("/proc/thread-self"))
                    .getFileName()
                    .toString());
            begin.await();
            stores.set(counted);
            if (store == null) operation.open(directory);
            else operation.run(store);
            stores.remove();
            lines.add("done " + counted.thread);
            rest(); // for who traces this thread
        } catch (IOException | RuntimeException | Error | InterruptedException e) {
            lines.add("failed " + counted.thread + ": " + e);
            throw new IllegalStateException(e);
        }
    }

    private void count() {
        Stores counted = stores.get();
        if (counted == null || ++counted.count != counted.word) return;
        lines.add("stopped " + counted.thread);
        rest();
    }

    private static void rest() {
        while (true) LockSupport.park();
    }
}
