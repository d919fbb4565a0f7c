package io.partd.duckdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DuckOptionsTest {
    @Test
    void saysWhatWasGiven() {
        DuckOptions options = DuckOptions.memory("256MB")
                .threads(3)
                .temporaryIn(Path.of("/tmp"))
                .timeout(Duration.ofSeconds(2));
        assertEquals(256_000_000, options.memoryBytes());
        assertEquals(3, options.threads());
        assertEquals(Optional.of(Path.of("/tmp")), options.temporary());
        assertEquals(Optional.of(Duration.ofSeconds(2)), options.timeout());
        assertEquals(Optional.empty(), DuckOptions.defaults().timeout());
        assertEquals(
                Runtime.getRuntime().availableProcessors(),
                DuckOptions.defaults().threads());
    }

    @Test
    void refusesWhatMakesNoSense() {
        String tooLittle = assertThrows(IllegalArgumentException.class, () -> DuckOptions.memory("1MB"))
                .getMessage();
        assertTrue(tooLittle.contains("64.0 MB"), tooLittle);
        assertThrows(IllegalArgumentException.class, () -> DuckOptions.memory("much"));
        DuckOptions options = DuckOptions.defaults();
        assertThrows(IllegalArgumentException.class, () -> options.threads(0));
        assertThrows(IllegalArgumentException.class, () -> options.timeout(Duration.ZERO));
    }
}
