package io.partd.kill;

import io.partd.Bytes;
import io.partd.FilePartd;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/** One worker after another of the same number: what they have done to keys of their own, and what these must hold. */
final class SoakWorker implements AutoCloseable {
    /** How many operations of one life are acknowledged at most, or little more. */
    private static final int MOST_OPERATIONS = 60;

    private final List<String> java;
    private final Path directory;
    private final int number;
    private final Random random;
    private final Content content = new Content();
    private Process process;
    private Thread reader;
    private volatile boolean working;
    private int enough;
    private volatile AssertionError failure;
    private SoakOperation begun;
    private int lives;
    private volatile int operations;

    SoakWorker(List<String> java, Path directory, int number, long seed) {
        this.java = java;
        this.directory = directory;
        this.number = number;
        this.random = new Random(seed);
    }

    void start() throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(
                List.of(SoakMain.class.getName(), directory + "", "" + number, "" + lives++, "" + random.nextLong()));
        working = false;
        enough = operations + 1 + random.nextInt(MOST_OPERATIONS);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = new Thread(() -> listen(process.inputReader(StandardCharsets.UTF_8)), "lines of worker " + number);
        reader.setDaemon(true);
        reader.start();
    }

    /** Nobody but this process ends it. */
    void checkAlive() throws InterruptedException {
        if (process.isAlive()) return;
        reader.join();
        throw failure != null ? failure : new AssertionError("worker " + number + " has ended");
    }

    /** Whether it has its stores open. */
    boolean isWorking() {
        return working;
    }

    /** Whether it has done so much that it may be killed. */
    boolean isDue() {
        return operations >= enough;
    }

    private void listen(BufferedReader lines) {
        List<String> other = new ArrayList<>();
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!hear(line)) other.add(line);
            }
        } catch (IOException e) {
            other.add(e.toString()); // the pipe of a killed process may break
        } catch (AssertionError e) {
            failure = e;
        }
        if (!other.isEmpty() && failure == null) {
            failure = new AssertionError("worker " + number + " says:\n" + String.join("\n", other));
        }
    }

    private boolean hear(String line) {
        if (line.equals("ready")) {
            working = true;
        } else if (line.startsWith("begin ")) {
            begun = SoakOperation.parse(line.substring(6));
        } else if (line.startsWith("end ")) {
            Set<String> written = begun.apply(content);
            if (!line.equals("end " + String.join(",", written)))
                throw new AssertionError(begun + " should write " + written + ", but: " + line);
            begun = null;
            operations = operations + 1;
        } else {
            return false;
        }
        return true;
    }

    void kill() {
        process.toHandle().destroyForcibly(); // process.destroyForcibly() would throw away what it has said
    }

    /** To be called after it was killed. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
        reader.join();
        if (failure != null) throw failure;
    }

    /** How many were acknowledged. */
    int operations() {
        return operations;
    }

    @Override
    public void close() {
        if (process != null) process.destroyForcibly();
    }

    /**
     * What the dead worker's keys hold: all that was acknowledged, and all or nothing of what was begun; that may come
     * late, but does not go away, and once somebody has had the lock it has come or never does.
     */
    void check(List<FilePartd> stores) {
        Content after = content.copy();
        if (begun != null) begun.apply(after);
        Worlds worlds = new Worlds(content, after, begun == null);
        begun = null;
        for (FilePartd store : stores) read(store, worlds);
        Lock lock = stores.get(random.nextInt(stores.size())).lock();
        lock.lock();
        lock.unlock();
        content.takeOver(read(stores.get(0), worlds));
        for (FilePartd store : stores) read(store, new Worlds(content, content, true));
    }

    private Content read(FilePartd store, Worlds worlds) {
        List<String> keys = SoakMain.ownKeys(number);
        List<Bytes> values = store.get(keys);
        Content read = new Content();
        for (int i = 0; i < keys.size(); i++) {
            if (values.get(i).size() > 0) read.append(keys.get(i), values.get(i).toUtf8());
        }
        worlds.seen(() -> "worker " + number + " has left " + read, read::equals);
        return read;
    }
}
