package io.partd.arrow;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Random tables hold the rows that they say they hold, in every physical form. */
class RandomTablesTest {
    private static final int TABLES = 200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTableHoldsTheRowsItWasMadeFrom(long seed) {
        try (BufferAllocator allocator = new RootAllocator()) {
            RandomTables tables = new RandomTables(seed, allocator);
            for (int i = 0; i < TABLES; i++) {
                try (RandomTable table = tables.next()) {
                    assertHoldsItsRows(table);
                }
            }
        }
    }

    private static void assertHoldsItsRows(RandomTable table) {
        for (int i = 0; i < table.batches().size(); i++) {
            var actual = Rows.of(table.batches().get(i), table.provider(i));
            assertEquals("", Rows.describeDifference(table.schema(), table.rows(i), actual), table::toString);
        }
    }
}
