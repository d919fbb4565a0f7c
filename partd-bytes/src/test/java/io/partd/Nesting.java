package io.partd;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import static io.partd.Partds.buffer;
import static io.partd.Partds.dict;

/**
 * A byte store, nested as a user might nest it: each is run through the contract, the model and the races.
 *
 * @param rounds how often the contract runs a race
 */
record Nesting(String name, Persistence persistence, int rounds, Function<Path, Partd<Bytes>> opener) {

    static Stream<Nesting> all() {
        return Stream.of(reference(), memory(), buffers()).flatMap(List::stream);
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

    private static List<Nesting> reference() {
        return List.of(shared("reference", ReferencePartd::new));
    }

    private static Nesting memory(String name, Function<Path, Partd<Bytes>> opener) {
        return new Nesting(name, Persistence.NONE, 200, opener);
    }

    private static Nesting flushed(String name, Function<Path, Partd<Bytes>> opener) {
        return new Nesting(name, Persistence.FLUSHED, 200, opener);
    }

    private static Nesting shared(String name, Function<Path, Partd<Bytes>> opener) {
        return new Nesting(name, Persistence.SHARED, 200, opener);
    }

    private Nesting slowly() {
        return new Nesting(name, persistence, 40, opener);
    }

    Partd<Bytes> open(Path directory) {
        return opener.apply(directory);
    }

    @Override
    public String toString() {
        return name;
    }
}
