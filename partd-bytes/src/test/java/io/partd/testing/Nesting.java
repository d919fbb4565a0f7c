package io.partd.testing;

import io.partd.Bytes;
import io.partd.FileOptions;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.TestStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import static io.partd.Partds.buffer;
import static io.partd.Partds.dict;

/**
 * A byte store, nested as a user might nest it: each is run through the contract, the model and the races.
 *
 * @param rounds how often the contract runs a race
 */
public record Nesting(String name, Persistence persistence, int rounds, Function<Path, Partd<Bytes>> opener) {
    private static final int SLOWLY = 24;

    /** One of each kind: what a plain build runs. */
    private static final Set<String> FEW = Set.of(
            "reference",
            "dict",
            "buffer(dict, dict, 1000)",
            "buffer(dict, reference, 1000)",
            "file",
            "file, segments of 4 KiB",
            "file, read by a reader",
            "tempFile",
            "buffer(dict, file, 1000)",
            "lz4(dict)",
            "zstd(file)",
            "snappy(buffer(dict, file))");

    /** Returns every nesting that makes sense, or few of them with {@code -Dpartd.contract.nestings=few}. */
    public static Stream<Nesting> tested() {
        boolean few = "few".equals(System.getProperty("partd.contract.nestings"));
        return Stream.of(reference(), memory(), buffers(), files(), codecs())
                .flatMap(List::stream)
                .filter(nesting -> !few || FEW.contains(nesting.name));
    }

    private static List<Nesting> memory() {
        return List.of(
                memory("dict", path -> dict()),
                memory("buffer(dict, dict, 0)", path -> buffer(dict(), dict(), 0)),
                memory("buffer(dict, dict, 1000)", path -> buffer(dict(), dict(), 1000)),
                memory("buffer(dict, dict, 1 GB)", path -> buffer(dict(), dict(), 1_000_000_000)),
                memory("buffer(dict, buffer(dict, dict))", path -> buffer(dict(), buffer(dict(), dict(), 2000), 500)));
    }

    private static List<Nesting> buffers() {
        return List.of(
                flushed("buffer(dict, reference, 0)", path -> buffer(dict(), new ReferencePartd(path), 0)),
                flushed("buffer(dict, reference, 1000)", path -> buffer(dict(), new ReferencePartd(path), 1000)),
                flushed(
                        "buffer(dict, reference, 1 GB)",
                        path -> buffer(dict(), new ReferencePartd(path), 1_000_000_000)));
    }

    private static List<Nesting> files() {
        FileOptions tiny = FileOptions.defaults().withSegmentBytes(4096);
        return List.of(
                shared("file", Partds::file),
                shared("file, segments of 4 KiB", path -> Partds.file(path, tiny)),
                shared(
                                "file, fsync",
                                path -> Partds.file(path, FileOptions.defaults().withFsync(true)))
                        .slowly(),
                shared(
                        "file, read by a reader",
                        path -> new ReadElsewhere(Partds.file(path), Partds.file(path, FileOptions.readOnly()))),
                shared(
                                "file, segments of 4 KiB, read without a control file",
                                path -> new ReadElsewhere(Partds.file(path, tiny), TestStores.scanned(path)))
                        .slowly(),
                memory("tempFile", Partds::tempFile),
                flushed("buffer(dict, file, 0)", path -> buffer(dict(), Partds.file(path), 0)),
                flushed("buffer(dict, file, 1000)", path -> buffer(dict(), Partds.file(path, tiny), 1000)),
                flushed("buffer(dict, file, 1 GB)", path -> buffer(dict(), Partds.file(path), 1_000_000_000)),
                flushed(
                        "buffer(dict, buffer(dict, file))",
                        path -> buffer(dict(), buffer(dict(), Partds.file(path), 2000), 500)));
    }

    private static List<Nesting> codecs() {
        return List.of(
                memory("snappy(dict)", path -> Partds.snappy(dict())),
                memory("zlib(dict)", path -> Partds.zlib(dict())),
                memory("bz2(dict)", path -> Partds.bz2(dict())).slowly(),
                memory("blosc(dict)", path -> Partds.blosc(dict())),
                memory("lz4(dict)", path -> Partds.lz4(dict())),
                memory("zstd(dict)", path -> Partds.zstd(dict())).slowly(),
                shared("snappy(file)", path -> Partds.snappy(Partds.file(path))),
                shared("zlib(file)", path -> Partds.zlib(Partds.file(path))),
                shared("bz2(file)", path -> Partds.bz2(Partds.file(path))).slowly(),
                shared("blosc(file)", path -> Partds.blosc(Partds.file(path))),
                shared("lz4(file)", path -> Partds.lz4(Partds.file(path))),
                shared("zstd(file)", path -> Partds.zstd(Partds.file(path))),
                shared("snappy(zstd(file))", path -> Partds.snappy(Partds.zstd(Partds.file(path))))
                        .slowly(),
                flushed("buffer(dict, snappy(file))", path -> buffer(dict(), Partds.snappy(Partds.file(path)), 1000)),
                flushed(
                                "buffer(zlib(dict), zstd(file))",
                                path -> buffer(Partds.zlib(dict()), Partds.zstd(Partds.file(path)), 1000))
                        .slowly(),
                flushed("snappy(buffer(dict, file))", path -> Partds.snappy(buffer(dict(), Partds.file(path), 1000))));
    }

    private static List<Nesting> reference() {
        return List.of(shared("reference", ReferencePartd::new));
    }

    private static Nesting memory(String name, Function<Path, Partd<Bytes>> opener) {
        return new Nesting(name, Persistence.NONE, PartdContract.MOST_ROUNDS, opener);
    }

    private static Nesting flushed(String name, Function<Path, Partd<Bytes>> opener) {
        return new Nesting(name, Persistence.FLUSHED, PartdContract.MOST_ROUNDS, opener);
    }

    private static Nesting shared(String name, Function<Path, Partd<Bytes>> opener) {
        return new Nesting(name, Persistence.SHARED, PartdContract.MOST_ROUNDS, opener);
    }

    private Nesting slowly() {
        return new Nesting(name, persistence, Math.min(SLOWLY, rounds), opener);
    }

    /** Opens the store in a directory; a store in memory ignores it. */
    public Partd<Bytes> open(Path directory) {
        return opener.apply(directory);
    }

    @Override
    public String toString() {
        return name;
    }
}
