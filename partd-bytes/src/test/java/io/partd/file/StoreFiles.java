package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.log.SegmentFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a store as bytes, to be taken, changed and put elsewhere. The lock file is left out: to open it here
 * would give up the locks that this process has on it. So is what is kept for a full disk.
 */
public final class StoreFiles {
    private static final Set<String> LEFT_OUT =
            Set.of(SharedDirectory.LOCK_FILE, TempDirectory.OWNER, SegmentFormat.RESERVE);

    private StoreFiles() {}

    public static SortedMap<String, byte[]> take(Path directory) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(directory)) {
            for (Path file : (Iterable<Path>) list::iterator) {
                String name = file.getFileName().toString();
                if (!LEFT_OUT.contains(name)) files.put(name, Files.readAllBytes(file));
            }
        } catch (NoSuchFileException e) {
            if (!Files.exists(directory)) throw new UncheckedIOException(e);
            return take(directory); // a handle has just removed it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** Puts the files, and nothing else, into a directory. */
    public static void put(Map<String, byte[]> files, Path directory) {
        delete(directory);
        try {
            Files.createDirectories(directory);
            for (var file : files.entrySet()) Files.write(directory.resolve(file.getKey()), file.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void delete(Path directory) {
        if (!Files.exists(directory)) return;
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the files that end so, in order. */
    public static List<String> names(Map<String, byte[]> files, String end) {
        return files.keySet().stream().filter(name -> name.endsWith(end)).toList();
    }

    /** The one segment of a store that has one. */
    public static String segment(Map<String, byte[]> files) {
        List<String> names = names(files, SegmentFormat.SEGMENT);
        if (names.size() != 1) throw new AssertionError("one segment was expected: " + names);
        return names.get(0);
    }

    /** What every key holds, read through a handle of its own. */
    public static SortedMap<String, Bytes> content(Path directory) {
        try (FilePartd store = Partds.file(directory)) {
            return content(store);
        }
    }

    public static SortedMap<String, Bytes> content(Partd<Bytes> store) {
        SortedMap<String, Bytes> content = new TreeMap<>();
        for (String key : store.keys()) content.put(key, Bytes.of(store.get(key).toArray()));
        return content;
    }
}
