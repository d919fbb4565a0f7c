package io.partd.testing;

import io.partd.Bytes;
import io.partd.Partd;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A writer after another, each killed at some moment, while this process reads: ends well or with an AssertionError.
 */
public final class KillRun {
    private static final int MOST_CHUNKS = 60;

    private final SharedStore kind;
    private final Path directory;
    private final int kills;
    private final Watch watch;
    private final Random random;
    private final AtomicInteger current = new AtomicInteger();
    private final News news = new News();

    public KillRun(SharedStore kind, Path directory, int kills, long seed) {
        this.kind = kind;
        this.directory = directory;
        this.kills = kills;
        this.watch = new Watch(kills);
        this.random = new Random(seed);
    }

    public void run() throws InterruptedException {
        Workers workers = new Workers();
        workers.start("reader", this::read);
        try {
            for (int writer = 0; writer < kills && !workers.failed(); writer++) {
                killOne(writer);
                if (writer % 5 == 0) checkFresh(writer / 10);
                current.set(writer + 1);
            }
        } finally {
            current.set(kills);
            workers.join();
        }
        for (int group = 0; group * 10 < kills; group++) checkFresh(group);
    }

    private void killOne(int writer) throws InterruptedException {
        int chunks = 1 + random.nextInt(MOST_CHUNKS);
        CountDownLatch enough = new CountDownLatch(chunks);
        String[] arguments = {kind.name(), directory.toString(), "" + writer, "" + Integer.MAX_VALUE, "write"};
        try (ChildProcess child = ChildProcess.start(ChildMain.class, line -> hear(line, enough), arguments)) {
            while (enough.getCount() > 0 && child.isAlive()) LockSupport.parkNanos(100_000);
            if (!child.isAlive()) {
                child.joinWell();
                throw child.failure();
            }
            LockSupport.parkNanos(random.nextInt(2_000_000)); // somewhere within an append
            child.kill();
        }
    }

    private void hear(String line, CountDownLatch enough) {
        String[] words = line.split(" ");
        if (words.length < 3) return; // the line at which it was killed
        watch.acknowledge(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        news.heard();
        enough.countDown();
    }

    private void checkFresh(int group) {
        try (Partd<Bytes> store = kind.open(directory)) {
            watch.check(store, group);
        }
    }

    /** One handle that lives through all of it. */
    private void read() {
        try (Partd<Bytes> store = kind.openReader(directory)) {
            Ledger seen = new Ledger();
            int group = 0;
            for (int writer = current.get(); writer < kills; writer = current.get()) {
                long before = news.count();
                if (writer / 10 != group) seen = new Ledger();
                group = writer / 10;
                seen = watch.check(store, group, seen);
                watch.check(store, group / 2);
                news.pauseIfNoneSince(before);
            }
        }
    }
}
