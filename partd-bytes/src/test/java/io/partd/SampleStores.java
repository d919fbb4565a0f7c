package io.partd;

import io.partd.file.StoreFiles;
import io.partd.log.SegmentFormat;
import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import io.partd.marks.Marks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The files of small stores of every kind that the format knows. */
public final class SampleStores {
    private static final FileOptions SMALL = FileOptions.defaults().withSegmentBytes(600);

    private static final UUID OWNER = new UUID(0x0123456789abcdefL, 0xfedcba9876543210L);

    /** Files, and what a store of them holds. */
    public record Sample(String name, SortedMap<String, byte[]> files, SortedMap<String, Bytes> content) {}

    private SampleStores() {}

    /** One segment whose writer was killed. */
    public static Sample unfinished(Path directory) {
        try (FilePartd store = Partds.file(directory)) {
            fill(store, "");
            return new Sample("unfinished", StoreFiles.take(directory), StoreFiles.content(store));
        }
    }

    /** One segment with its footer, which nobody has synced. */
    public static Sample finished(Path directory) {
        try (FilePartd store = Partds.file(directory)) {
            fill(store, "");
        }
        return of("finished", directory);
    }

    /** One segment with a footer that counts wherever it is found: all of it was synced before. */
    public static Sample synced(Path directory) {
        try (FilePartd store = Partds.file(directory, FileOptions.defaults().withFsync(true))) {
            fill(store, "");
        }
        return of("synced", directory);
    }

    /** One segment without a footer, and what its recovery has left. */
    public static Sample recovered(Path directory) {
        StoreFiles.put(unfinished(directory).files(), directory);
        SortedMap<String, Bytes> content = StoreFiles.content(directory);
        SortedMap<String, byte[]> files = StoreFiles.take(directory);
        if (StoreFiles.names(files, SegmentFormat.SIDECAR).size() != 1)
            throw new AssertionError("a sidecar was expected");
        return new Sample("recovered", files, content);
    }

    /** A manifest, what it names, a segment of which a part was replaced, and newer ones. */
    public static Sample compacted(Path directory) {
        try (FilePartd writer = Partds.file(directory);
                FilePartd store = Partds.file(directory, SMALL)) {
            writer.append("old", Bytes.utf8("replaced"));
            fill(store, "");
            store.compact();
            store.delete("old");
            fill(store, "2");
            writer.append("old", Bytes.utf8("new"));
            SortedMap<String, byte[]> files = StoreFiles.take(directory);
            return new Sample("compacted", files, StoreFiles.content(store));
        }
    }

    /**
     * A manifest of a drop whose process was killed before it had deleted anything: what it tells by its stamp, a
     * segment that another handle goes on with, and a newer one.
     */
    public static Sample dropped(Path directory) {
        try (FilePartd writer = Partds.file(directory);
                FilePartd store = Partds.file(directory, SMALL)) {
            writer.append("old", Bytes.utf8("replaced"));
            fill(store, "");
            SortedMap<String, byte[]> files = StoreFiles.take(directory);
            store.drop();
            store.append("new", Bytes.utf8("new"));
            SortedMap<String, Bytes> content = StoreFiles.content(store);
            files.putAll(StoreFiles.take(directory));
            return new Sample("dropped", files, content);
        }
    }

    /** Appends with marks, a segment with a footer that has them folded and one without. */
    static Sample marked(Path directory) {
        try (FilePartd store = Partds.file(directory)) {
            Marks<Bytes> marked = MarkedStores.of(store);
            for (int i = 1; i <= 20; i++) {
                marked.append(Map.of("k", Bytes.utf8("x")), Map.of(), List.of(Mark.of(OWNER, i, i - 1L, 1, i)));
            }
            fill(store, "");
        }
        try (FilePartd store = Partds.file(directory)) {
            Map<String, Bytes> heads = new TreeMap<>();
            for (int i = 10; i < 30; i++) heads.put("h" + i, Bytes.utf8("head"));
            MarkedStores.of(store).append(Map.of("k", Bytes.utf8("y")), heads, List.of(Mark.of(OWNER, 25, 20, 7, -1)));
            return new Sample("marked", StoreFiles.take(directory), StoreFiles.content(store));
        }
    }

    /** All kinds, in directories below this one; the first is the unfinished one. */
    public static List<Sample> all(Path directory) {
        return List.of(
                unfinished(directory.resolve("unfinished")),
                synced(directory.resolve("synced")),
                recovered(directory.resolve("recovered")),
                compacted(directory.resolve("compacted")),
                dropped(directory.resolve("dropped")));
    }

    private static void fill(FilePartd store, String suffix) {
        store.append(Map.of("a" + suffix, Bytes.utf8("one"), "b", Bytes.utf8("two, and more of it")));
        Mark goodbye = Mark.goodbye(new UUID(7, suffix.length()));
        MarkedStores.of(store)
                .append(
                        Map.of("a" + suffix, Bytes.utf8("1")),
                        Map.of("h" + suffix, Bytes.utf8("head")),
                        List.of(Mark.of(OWNER, 1 + suffix.length(), suffix.length(), 5, 0xcafe), goodbye));
        store.append("empty" + suffix, Bytes.EMPTY);
        store.append("gone", Bytes.utf8("before"));
        store.delete("gone");
        store.append(Map.of("a" + suffix, Bytes.utf8("after"), "ключ", Bytes.utf8("x".repeat(40))));
    }

    private static Sample of(String name, Path directory) {
        return new Sample(name, StoreFiles.take(directory), StoreFiles.content(directory));
    }

    /** The sample with other files. */
    public static SortedMap<String, byte[]> with(Sample sample, String name, byte[] bytes) {
        SortedMap<String, byte[]> files = new TreeMap<>(sample.files());
        files.put(name, bytes);
        return files;
    }
}
