package io.partd.kill;

import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.testing.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Four processes at random operations on two stores, killed at random times and started again, while this process
 * reads: through handles that live as long as the run, and new ones.
 */
final class Soak {
    private static final int WORKERS = 4;

    private final Path directory;
    private final long seconds;
    private final Random random;
    private final List<SoakWorker> workers = new ArrayList<>();
    private final SharedWatch kept = new SharedWatch();
    private final SharedWatch dropped = new SharedWatch();
    private volatile boolean over;
    private int kills;

    Soak(List<String> java, Path directory, long seconds, long seed) {
        this.directory = directory;
        this.seconds = seconds;
        this.random = new Random(seed);
        for (int i = 0; i < WORKERS; i++) workers.add(new SoakWorker(java, directory, i, random.nextLong()));
    }

    void run() throws IOException, InterruptedException {
        Workers readers = new Workers();
        try (FilePartd old = open("kept")) {
            readers.start("old handles", () -> readOld(old));
            readers.start("new handles", this::readNew);
            for (SoakWorker worker : workers) worker.start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end && !readers.failed()) killSome(old);
            over = true;
            readers.join();
            kill(workers);
            check(workers, old);
        } finally {
            over = true;
            for (SoakWorker worker : workers) worker.close();
        }
        checkAlone();
    }

    private FilePartd open(String name) {
        return Partds.file(directory.resolve(name));
    }

    private void readOld(FilePartd old) throws InterruptedException {
        try (FilePartd other = open("dropped")) {
            while (!over) {
                kept.read(old, "the old handle");
                dropped.read(other, "the old handle");
                Thread.sleep(3);
            }
        }
    }

    private void readNew() throws InterruptedException {
        while (!over) {
            try (FilePartd store = open("kept");
                    FilePartd other = open("dropped")) {
                for (int i = 0; i < 5; i++) {
                    kept.read(store, "a new handle");
                    dropped.read(other, "a new handle");
                    Thread.sleep(3);
                }
            }
        }
    }

    /** One that has done its part, or several at the same time; the others go on while the dead are asked about. */
    private void killSome(FilePartd old) throws IOException, InterruptedException {
        Thread.sleep(1 + random.nextInt(3));
        List<SoakWorker> working = new ArrayList<>();
        boolean due = false;
        for (SoakWorker worker : workers) {
            worker.checkAlive();
            due |= worker.isDue();
            if (worker.isWorking()) working.add(worker);
        }
        if (!due) return;
        Collections.shuffle(working, random);
        List<SoakWorker> some = working.subList(0, random.nextInt(3) == 0 ? 1 + random.nextInt(working.size()) : 1);
        kill(some);
        check(some, old);
        for (SoakWorker worker : some) worker.start();
    }

    private void kill(List<SoakWorker> some) throws InterruptedException {
        for (SoakWorker worker : some) worker.kill();
        for (SoakWorker worker : some) worker.awaitEnd();
        kills += some.size();
    }

    private void check(List<SoakWorker> some, FilePartd old) {
        try (FilePartd fresh = open("kept")) {
            List<FilePartd> stores = random.nextBoolean() ? List.of(old, fresh) : List.of(fresh, old);
            for (SoakWorker worker : some) worker.check(stores);
        }
    }

    /** Nobody else has the stores open; then all is read again after a compaction. */
    private void checkAlone() {
        for (int i = 0; i < 2; i++) {
            try (FilePartd store = open("kept");
                    FilePartd other = open("dropped")) {
                for (SoakWorker worker : workers) worker.check(List.of(store));
                kept.read(store, "the last");
                dropped.read(other, "the last");
                store.compact();
                other.compact();
            }
        }
    }

    @Override
    public String toString() {
        int operations = workers.stream().mapToInt(SoakWorker::operations).sum();
        return kills + " kills, " + operations + " operations on keys of their own acknowledged, " + kept + " and "
                + dropped + " of shared keys";
    }
}
