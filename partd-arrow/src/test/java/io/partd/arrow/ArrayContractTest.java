package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.memory.SharedAllocator;
import io.partd.testing.Numbers;
import io.partd.testing.PartdContract;
import io.partd.testing.Persistence;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static io.partd.Partds.buffer;
import static io.partd.Partds.dict;
import static io.partd.Partds.file;
import static io.partd.Partds.lz4;
import static io.partd.Partds.zstd;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** The contract for stores of arrays. */
@ParameterizedClass(name = "{0}")
@MethodSource("stores")
class ArrayContractTest extends PartdContract<Object> {
    private static final List<Elements> ELEMENTS = List.of(
            new Elements(double[].class, n -> (double) n, e -> ((Double) e).intValue()),
            new Elements(int[].class, n -> n, e -> (int) e),
            new Elements(String[].class, n -> n + "", e -> Integer.parseInt((String) e)),
            new Elements(byte[][].class, ArrayContractTest::bytes, e -> Integer.parseInt(text((byte[]) e))),
            new Elements(Instant[].class, n -> Instant.ofEpochSecond(n, 1), e -> (int) ((Instant) e).getEpochSecond()),
            new Elements(LocalDate[].class, LocalDate::ofEpochDay, e -> (int) ((LocalDate) e).toEpochDay()),
            new Elements(long[][].class, n -> new long[] {n, -n}, e -> (int) ((long[]) e)[0]));

    private static final List<Below> BELOW = List.of(
            new Below("dict", Persistence.NONE, path -> dict()),
            new Below("file", Persistence.SHARED, path -> file(path)),
            new Below("buffer(dict, file, 1000)", Persistence.FLUSHED, path -> buffer(dict(), file(path), 1000)),
            new Below("zstd(file)", Persistence.SHARED, path -> zstd(file(path))),
            new Below("lz4(dict)", Persistence.NONE, path -> lz4(dict())),
            new Below("zstd(buffer(dict, file))", Persistence.FLUSHED, path -> zstd(buffer(dict(), file(path), 500))));

    /** How a number becomes an element, and back. */
    private record Elements(Class<?> type, IntFunction<Object> write, ToIntFunction<Object> read)
            implements Numbers<Object> {
        @Override
        public Object write(List<Integer> numbers) {
            Object array = Array.newInstance(type.getComponentType(), numbers.size());
            for (int i = 0; i < numbers.size(); i++) Array.set(array, i, write.apply(numbers.get(i)));
            return array;
        }

        @Override
        public List<Integer> read(Object array) {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < Array.getLength(array); i++) numbers.add(read.applyAsInt(Array.get(array, i)));
            return numbers;
        }
    }

    private record Below(String name, Persistence persistence, Function<Path, Partd<Bytes>> opener) {}

    private record Case(Elements elements, Below below) {
        @Override
        public String toString() {
            return elements.type().getSimpleName() + " over " + below.name();
        }
    }

    @Parameter
    private Case here;

    /** Every type over two stores, and every store with one type or more. */
    static Stream<Case> stores() {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < ELEMENTS.size(); i++) {
            cases.add(new Case(ELEMENTS.get(i), BELOW.get(i % 2)));
            cases.add(new Case(ELEMENTS.get(i), BELOW.get(2 + i % 4)));
        }
        return cases.stream();
    }

    private static byte[] bytes(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Override
    @SuppressWarnings("unchecked") // the elements write arrays of that type
    protected Partd<Object> open(Path directory) {
        Class<Object> type = (Class<Object>) here.elements().type();
        return ArrayPartd.over(type, here.below().opener().apply(directory));
    }

    @Override
    protected Numbers<Object> numbers() {
        return here.elements();
    }

    @Override
    public Persistence persistence() {
        return here.below().persistence();
    }

    @Override
    public int rounds() {
        return 20;
    }

    @Override
    protected void afterStoresClosed() {
        assertEquals(0, SharedAllocator.get().getAllocatedMemory());
    }
}
