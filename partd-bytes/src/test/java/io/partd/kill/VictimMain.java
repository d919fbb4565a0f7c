package io.partd.kill;

import io.partd.FilePartd;
import io.partd.WordStops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that is killed: {@code <operation> <words> <directory>...} does the operation to each store, in a thread
 * of its own, once it has been sent a line. A thread that comes to its store to a control word with the number
 * {@code words}, if that is not 0, stops there for ever. Says {@code ready <threads>}, and then a line for each thread:
 * {@code stopped <number>}, {@code done <number>}, or what it threw.
 */
final class VictimMain {
    private final Operation operation;
    private final int words;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CountDownLatch begin = new CountDownLatch(1);
    /** The stores to control words that this thread has made since it began; null in the other threads. */
    private final ThreadLocal<int[]> stored = new ThreadLocal<>();

    private VictimMain(Operation operation, int words) {
        this.operation = operation;
        this.words = words;
    }

    public static void main(String[] args) throws Exception {
        VictimMain main = new VictimMain(Operation.valueOf(args[0]), Integer.parseInt(args[1]));
        main.run(List.of(args).subList(2, args.length));
        Runtime.getRuntime().exit(0); // without closing anything: the end of a trial run
    }

    private void run(List<String> directories) throws IOException, InterruptedException {
        WordStops.before(this::count);
        StringBuilder ready = new StringBuilder("ready");
        for (int i = 0; i < directories.size(); i++) {
            int number = i;
            Thread thread = new Thread(() -> work(number, Path.of(directories.get(number))));
            thread.setDaemon(true);
            thread.start();
            ready.append(' ').append(lines.take());
        }
        System.out.println(ready);
        if (System.in.read() < 0) return;
        begin.countDown();
        // the lines are written here, for a write would be one more system call to be killed in
        for (int i = 0; i < directories.size(); i++) System.out.println(lines.take());
        while (System.in.read() >= 0) {} // until it is killed, or the test has died
    }

    private void work(int number, Path directory) {
        try {
            FilePartd store = operation.isOpening() ? null : operation.open(directory);
            lines.add(Files.readSymbolicLink(Path.of("/proc/thread-self"))
                    .getFileName()
                    .toString());
            begin.await();
            stored.set(new int[] {0, number});
            if (store == null) operation.open(directory);
            else operation.run(store);
            stored.remove();
            lines.add("done " + number);
            rest(); // for who traces this thread
        } catch (IOException | RuntimeException | Error | InterruptedException e) {
            lines.add("failed " + number + ": " + e);
            throw new IllegalStateException(e);
        }
    }

    private void count() {
        int[] counted = stored.get();
        if (counted == null || ++counted[0] != words) return;
        lines.add("stopped " + counted[1]);
        rest();
    }

    private static void rest() {
        while (true) LockSupport.park();
    }
}
