package io.partd.testing;

import io.partd.Bytes;
import io.partd.Partd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntFunction;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Several processes at work on one store while this one reads: each run ends well or with an AssertionError. */
public final class ProcessesRun {
    private final SharedStore kind;
    private final Path directory;
    private final int processes;
    private final int count;
    private final Watch watch;
    private final News news = new News();
    private final Ledger dropped = new Ledger();
    private final List<String> set = Collections.synchronizedList(new ArrayList<>());

    public ProcessesRun(SharedStore kind, Path directory, int processes, int count) {
        this.kind = kind;
        this.directory = directory;
        this.processes = processes;
        this.count = count;
        this.watch = new Watch(processes);
    }

    /** All write; readers here see what was acknowledged. */
    public void writersAndReaders() throws InterruptedException {
        run(writer -> List.of("write"), true);
        try (Partd<Bytes> store = kind.open(directory)) {
            Ledger ledger = watch.check(store, 0);
            for (int writer = 0; writer < processes; writer++)
                assertEquals(count, ledger.end(writer), "neither more nor less");
        }
    }

    /** All write; some delete keys of their own, and one compacts and drops. */
    public void changesInBetween() throws InterruptedException {
        run(writer -> List.of("write", writer == processes - 1 ? "compact" : "delete"), false);
        try (Partd<Bytes> store = kind.open(directory)) {
            Ledger all = new Ledger();
            all.addAll(dropped);
            all.addAll(Watch.same(store, 0));
            all.fromTheStart();
            for (int writer = 0; writer < processes; writer++)
                assertEquals(count, all.end(writer), "each chunk exactly once");
            TreeSet<String> others = new TreeSet<>(store.keys());
            Watch.keys(0).forEach(others::remove);
            assertEquals(new TreeSet<>(), others, "deleted keys came back");
        }
    }

    /** All try to set the same keys. */
    public void setOnce() throws InterruptedException {
        run(writer -> List.of("set"), false);
        assertEquals(count, set.size(), "each key was set by one");
        assertEquals(count, new TreeSet<>(set).size(), "each key was set by one");
        try (Partd<Bytes> store = kind.open(directory)) {
            for (Bytes value : store.get(set)) assertEquals(2, value.size(), () -> "set by one: " + value);
        }
    }

    private void run(IntFunction<List<String>> roles, boolean everythingStays) throws InterruptedException {
        List<ChildProcess> children = new ArrayList<>();
        Workers readers = new Workers();
        try {
            for (int writer = 0; writer < processes; writer++) {
                List<String> arguments =
                        new ArrayList<>(List.of(kind.name(), directory.toString(), "" + writer, "" + count));
                arguments.addAll(roles.apply(writer));
                children.add(ChildProcess.start(ChildMain.class, this::hear, arguments.toArray(String[]::new)));
            }
            for (int i = 0; i < 2; i++) {
                long seed = i;
                readers.start("reader " + i, () -> read(children, new Random(seed), everythingStays));
            }
            for (ChildProcess child : children) child.joinWell();
            readers.join();
        } finally {
            children.forEach(ChildProcess::close);
        }
    }

    private void hear(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "wrote" -> watch.acknowledge(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "dropped" -> dropped.addAll(Ledger.parse(words[1]));
            case "set" -> set.add(words[1]);
            default -> throw new IllegalStateException("a child says " + line);
        }
        news.heard();
    }

    private void read(List<ChildProcess> children, Random random, boolean everythingStays) {
        Ledger seen = new Ledger();
        while (children.stream().anyMatch(ChildProcess::isAlive)) {
            try (Partd<Bytes> store = kind.openReader(directory)) {
                for (int i = random.nextInt(200); i >= 0; i--) {
                    long before = news.count();
                    if (everythingStays) seen = watch.check(store, 0, seen);
                    else Watch.same(store, 0);
                    news.pauseIfNoneSince(before);
                }
            }
        }
    }
}
