package io.partd.tablesaw;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.testing.Numbers;
import io.partd.testing.PartdContract;
import io.partd.testing.Persistence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

import static io.partd.Partds.buffer;
import static io.partd.Partds.dict;
import static io.partd.Partds.file;
import static io.partd.Partds.zstd;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** The contract for stores of tables. */
@ParameterizedClass(name = "{0}")
@MethodSource("stores")
class TableContractTest extends PartdContract<Table> {
    private static final Numbers<Table> NUMBERS = new Numbers<>() {
        @Override
        public Table write(List<Integer> numbers) {
            if (numbers.isEmpty()) return Table.create();
            IntColumn column = IntColumn.create("n");
            StringColumn texts = StringColumn.create("text");
            numbers.forEach(number -> column.append(number));
            numbers.forEach(number -> texts.append("n" + number));
            return Table.create(column, texts);
        }

        @Override
        public List<Integer> read(Table table) {
            List<Integer> numbers = new ArrayList<>();
            for (int row = 0; row < table.rowCount(); row++) {
                int number = table.intColumn("n").getInt(row);
                assertEquals("n" + number, table.stringColumn("text").get(row));
                numbers.add(number);
            }
            return numbers;
        }
    };

    private record Case(
            String name, Persistence persistence, ArrowOptions options, Function<Path, Partd<Bytes>> opener) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Parameter
    private Case here;

    static Stream<Case> stores() {
        ArrowOptions plain = ArrowOptions.defaults();
        ArrowOptions lz4 = plain.withCompression(CodecType.LZ4_FRAME);
        return Stream.of(
                new Case("dict", Persistence.NONE, plain, path -> dict()),
                new Case("file", Persistence.SHARED, plain, path -> file(path)),
                new Case("file, lz4", Persistence.SHARED, lz4, path -> file(path)),
                new Case("dict, zstd", Persistence.NONE, plain.withCompression(CodecType.ZSTD), path -> dict()),
                new Case("buffer(dict, file)", Persistence.FLUSHED, plain, path -> buffer(dict(), file(path), 3_000)),
                new Case("zstd(file)", Persistence.SHARED, plain, path -> zstd(file(path))));
    }

    @Override
    protected Partd<Table> open(Path directory) {
        return TablePartd.over(here.opener().apply(directory), here.options());
    }

    @Override
    protected Numbers<Table> numbers() {
        return NUMBERS;
    }

    @Override
    public Persistence persistence() {
        return here.persistence();
    }

    @Override
    public int rounds() {
        return 20;
    }

    @Override
    protected void afterStoresClosed() {
        assertEquals(0, ArrowPartd.sharedAllocator().getAllocatedMemory());
    }
}
