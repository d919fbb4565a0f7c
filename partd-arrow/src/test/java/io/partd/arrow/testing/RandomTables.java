package io.partd.arrow.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/** Random tables in memory of an allocator; the same seed gives the same tables. */
public final class RandomTables {
    private final long seed;
    private final BufferAllocator allocator;
    private final Dice dice;
    private final Predicate<Field> wanted;
    private final int mostRows;

    /** Tables of every type, with up to 40 rows in a batch. */
    public RandomTables(long seed, BufferAllocator allocator) {
        this(seed, allocator, field -> true, 40);
    }

    /** Tables of those columns, and over those dictionaries, whose field {@code wanted} accepts. */
    public RandomTables(long seed, BufferAllocator allocator, Predicate<Field> wanted, int mostRows) {
        LabelType.register();
        this.seed = seed;
        this.allocator = allocator;
        this.dice = new Dice(seed);
        this.wanted = wanted;
        this.mostRows = mostRows;
    }

    /** A table of a random shape with up to four batches. */
    public RandomTable next() {
        return next(RandomSchemas.draw(dice, 6, wanted), dice.between(1, 4));
    }

    /** A table of a given shape, as of {@link RandomTable#shape()} or {@link Shape#of}. */
    public RandomTable next(Shape shape, int batches) {
        RandomTable table = new RandomTable("seed " + seed, shape, allocator, dice);
        for (int i = 0; i < batches; i++) table.add(dice.chance(10) ? 0 : dice.below(mostRows + 1));
        return table;
    }

    /** A random choice of row numbers below {@code rows}, in any order and with repetitions. */
    int[] numbers(int rows) {
        int[] numbers = new int[rows == 0 ? 0 : dice.below(2 * rows)];
        for (int i = 0; i < numbers.length; i++) numbers[i] = dice.below(rows);
        return numbers;
    }

    /** The rows of several roots one after another; none of them has dictionaries. */
    static List<List<Object>> rowsOf(List<VectorSchemaRoot> roots) {
        List<List<Object>> rows = new ArrayList<>();
        for (VectorSchemaRoot root : roots) rows.addAll(Rows.of(root));
        return rows;
    }
}
