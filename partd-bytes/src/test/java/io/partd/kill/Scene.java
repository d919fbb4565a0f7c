package io.partd.kill;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One store, the handles of this process on it, and what they may say: the old one, which had read all just before the
 * operation that was killed; an old one that had not; new ones. A description of all steps so far is in each failure.
 */
final class Scene implements AutoCloseable {
    private static final List<String> KEYS = List.of("done", "gone", Content.KEY, "mine", "new", "old", "other");
    private static final Set<String> PERMANENT =
            Set.of("partd.lock", "partd.control", "partd.reserve", "partd.manifest");

    private final Path directory;
    private final Content before = new Content();
    private final Map<FilePartd, String> open = new LinkedHashMap<>();
    private final List<String> steps = new ArrayList<>();
    private FilePartd old;
    private FilePartd behind;
    private Worlds worlds;
    private int opened;

    Scene(Path directory, Operation operation) {
        this.directory = directory;
        if (!operation.hasStore()) return;
        try (FilePartd earlier = Partds.file(directory)) {
            append(earlier, "done", "d");
            append(earlier, "gone", "g");
            if (operation.isKeyPresent()) append(earlier, Content.KEY, "v");
        }
        openOld();
        append(old, "old", "o");
        old.delete("gone");
        before.delete(Set.of("gone"));
        behind.get("old");
    }

    private void openOld() {
        old = open("the old one");
        behind = open("the one behind");
    }

    private void append(FilePartd store, String key, String value) {
        store.append(key, Bytes.utf8(value));
        before.append(key, value);
    }

    private FilePartd open(String name) {
        FilePartd store = Partds.file(directory);
        open.put(store, name);
        return store;
    }

    Path directory() {
        return directory;
    }

    /**
     * The process that is to be killed in an operation is ready: the old handle reads what that has written already.
     */
    void catchUp(Operation operation) {
        if (operation.hasAppended()) before.append("mine", "m");
        if (old != null && worlds == null) old.keys();
    }

    /** A process was killed in an operation, or after it. */
    void killed(Operation operation, boolean done) {
        if (operation.isOpening() && worlds != null) return; // the crash before was worse
        Content after = before.copy();
        operation.apply(after);
        worlds = new Worlds(before, after, done);
        if (old == null) openOld();
    }

    FilePartd old() {
        return old;
    }

    FilePartd behind() {
        return behind;
    }

    FilePartd open() {
        return open("new " + ++opened);
    }

    void read(FilePartd store) {
        List<String> read = new ArrayList<>();
        for (Bytes value : store.get(KEYS)) read.add(value.toUtf8());
        String reads = step(store, "reads " + KEYS + read);
        worlds.seen(
                () -> reads,
                content -> read.equals(KEYS.stream().map(content::get).toList()));
        Set<String> keys = store.keys();
        String lists = step(store, "lists " + keys);
        worlds.seen(() -> lists, content -> keys.equals(content.keys()));
    }

    void readAll() {
        List.copyOf(open.keySet()).forEach(this::read);
    }

    void putIfAbsent(FilePartd store) {
        boolean set = store.putIfAbsent(Content.KEY, Bytes.utf8("[A]"));
        worlds.done(
                step(store, "putIfAbsent"),
                set,
                content -> !content.append(Map.of(), Map.of(Content.KEY, "[A]")).isEmpty());
    }

    void append(FilePartd store, String key) {
        store.append(key, Bytes.utf8("W"));
        worlds.done(step(store, "append to " + key), Set.of(), content -> content.append(Map.of(key, "W"), Map.of()));
    }

    void appendWithHeads(FilePartd store) {
        Bytes value = Bytes.utf8("W");
        Bytes head = Bytes.utf8("[A]");
        Set<String> written =
                store.append(Map.of(Content.KEY, value, "old", value), Map.of(Content.KEY, head, "old", head));
        worlds.done(
                step(store, "append with heads"),
                new TreeSet<>(written),
                content ->
                        content.append(Map.of(Content.KEY, "W", "old", "W"), Map.of(Content.KEY, "[A]", "old", "[A]")));
    }

    void delete(FilePartd store) {
        store.delete(Content.KEY);
        worlds.done(step(store, "delete"), true, content -> {
            content.delete(Set.of(Content.KEY));
            return true;
        });
    }

    void drop(FilePartd store) {
        store.drop();
        worlds.done(step(store, "drop"), true, content -> {
            content.drop();
            return true;
        });
    }

    void compact(FilePartd store) {
        store.compact();
        step(store, "compact");
    }

    void flush(FilePartd store) {
        store.flush();
        step(store, "flush");
    }

    private String step(FilePartd store, String what) {
        String step = open.get(store) + " " + what;
        steps.add(step);
        return step;
    }

    /** A last handle reads; then all must say the same, also after a compaction. */
    void allAgree() {
        read(open());
        readAll();
        compact(old);
        readAll();
    }

    /** Nothing is left over when all is closed, and somebody alone has opened the store and compacted it. */
    void nothingIsLeft() throws IOException {
        closeAll();
        FilePartd last = open();
        read(last);
        compact(last);
        read(last);
        Set<String> writers = new TreeSet<>();
        for (String name : files()) {
            if (name.endsWith(".seg")) writers.add(name.substring(0, 16));
            else if (!PERMANENT.contains(name)) throw new AssertionError(name + " is left over");
        }
        if (writers.size() > 1) throw new AssertionError("left over, but one: segments of " + writers);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void closeAll() {
        List.copyOf(open.keySet()).forEach(store -> {
            store.close();
            open.remove(store);
        });
    }

    String steps() {
        return String.join("\n    ", steps);
    }

    @Override
    public void close() {
        closeAll();
    }
}
