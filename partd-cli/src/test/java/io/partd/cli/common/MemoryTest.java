package io.partd.cli.common;

import io.partd.arrow.ArrowOptions;
import io.partd.duckdb.engine.MemoryPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MemoryTest {
    @ParameterizedTest
    @CsvSource({
        "128MB, 128000000", "256mb, 256000000", "256M, 256000000", "256MiB, 268435456", "1g, 1000000000",
        "2GiB, 2147483648", "300000000, 300000000", "300000000B, 300000000", "500000k, 500000000", "1TB, 1000000000000",
    })
    void sizes(String text, long bytes) {
        assertEquals(bytes, Memory.parse(text).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "12QB", "-1GB", "1.5GB", "1 2", "127MB", "256i", "1000001TB", "9999999999999999"})
    void noSizes(String text) {
        assertThrows(IllegalArgumentException.class, () -> Memory.parse(text));
        assertFalse(Memory.isSize(text));
    }

    @Test
    void partsAreNoMoreThanAllOfIt() {
        for (String size : new String[] {"128MB", "256MB", "1GB", "64GB"}) {
            Memory memory = Memory.parse(size);
            assertTrue(memory.forDuckDb() + memory.forArrow() <= memory.bytes() * 3 / 4);
            MemoryPlan reading = MemoryPlan.of(memory.forReading());
            assertEquals(memory.forDuckDb(), reading.forDuckDb());
            assertEquals(memory.forArrow(), memory.forStore() + reading.forArrow());
            assertTrue(memory.toStage() * 4 <= memory.forArrow());
            assertTrue(reading.csvBuffer() * 4 <= memory.forDuckDb());
            assertTrue(memory.threads() >= 1 && reading.batchRows() >= 2048);
        }
    }

    @ParameterizedTest
    @CsvSource({"1GB, 125000000", "8GiB, 1073741824", "64GB, 1073741824", "1000TB, 1073741824"})
    void aStoreStagesNoMoreThanItMay(String size, long staged) {
        long bytes = Memory.parse(size).toStage();
        assertEquals(staged, ArrowOptions.defaults().withStageBytes(bytes).stageBytes());
    }
}
