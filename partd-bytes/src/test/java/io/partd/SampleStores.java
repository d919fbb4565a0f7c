package io.partd;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of small stores of every kind that the format knows. */
final class SampleStores {
    private static final FileOptions SMALL = FileOptions.defaults().withSegmentBytes(600);

    /** Files, and what a store of them holds. */
    record Sample(String name, SortedMap<String, byte[]> files, SortedMap<String, Bytes> content) {}

    private SampleStores() {}

    /** One segment whose writer was killed. */
    static Sample unfinished(Path directory) {
        try (FilePartd store = Partds.file(directory)) {
            fill(store, "");
            return new Sample("unfinished", StoreFiles.take(directory), StoreFiles.content(store));
        }
    }

    /** One segment with its footer, which nobody has synced. */
    static Sample finished(Path directory) {
        try (FilePartd store = Partds.file(directory)) {
            fill(store, "");
        }
        return of("finished", directory);
    }

    /** One segment with a footer that counts wherever it is found: all of it was synced before. */
    static Sample synced(Path directory) {
        try (FilePartd store = Partds.file(directory, FileOptions.defaults().withFsync(true))) {
            fill(store, "");
        }
        return of("synced", directory);
    }

    /** One segment without a footer, and what its recovery has left. */
    static Sample recovered(Path directory) {
        StoreFiles.put(unfinished(directory).files(), directory);
        SortedMap<String, Bytes> content = StoreFiles.content(directory);
        SortedMap<String, byte[]> files = StoreFiles.take(directory);
        if (StoreFiles.names(files, Format.SIDECAR).size() != 1) throw new AssertionError("a sidecar was expected");
        return new Sample("recovered", files, content);
    }

    /** A manifest, what it names, a segment of which a part was replaced, and newer ones. */
    static Sample compacted(Path directory) {
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
    static Sample dropped(Path directory) {
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

    /** All kinds, in directories below this one; the first is the unfinished one. */
    static List<Sample> all(Path directory) {
        return List.of(
                unfinished(directory.resolve("unfinished")),
                synced(directory.resolve("synced")),
                recovered(directory.resolve("recovered")),
                compacted(directory.resolve("compacted")),
                dropped(directory.resolve("dropped")));
    }

    private static void fill(FilePartd store, String suffix) {
        store.append(Map.of("a" + suffix, Bytes.utf8("one"), "b", Bytes.utf8("two, and more of it")));
        store.append(Map.of("a" + suffix, Bytes.utf8("1")), Map.of("h" + suffix, Bytes.utf8("head")));
        store.append("empty" + suffix, Bytes.EMPTY);
        store.append("gone", Bytes.utf8("before"));
        store.delete("gone");
        store.append(Map.of("a" + suffix, Bytes.utf8("after"), "ключ", Bytes.utf8("x".repeat(40))));
    }

    private static Sample of(String name, Path directory) {
        return new Sample(name, StoreFiles.take(directory), StoreFiles.content(directory));
    }

    /** The sample with other files. */
    static SortedMap<String, byte[]> with(Sample sample, String name, byte[] bytes) {
        SortedMap<String, byte[]> files = new TreeMap<>(sample.files());
        files.put(name, bytes);
        return files;
    }
}
