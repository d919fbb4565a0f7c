package io.partd.flight.protocol;

import io.partd.arrow.Partitioner;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A partitioner that came over the wire is the one that Java would have made: its text says so. */
class RangeBoundsTest {
    private static Object[] read(String bounds) {
        byte[] json = ("{\"range\":" + bounds + "}").getBytes(StandardCharsets.UTF_8);
        return RangeBounds.of(Json.read(json, "the command", Set.of("range")).get("range"));
    }

    private static void assertSame(String json, Object... bounds) {
        assertEquals(Partitioner.range("c", bounds), Partitioner.range("c", read(json)), json);
    }

    @Test
    void everyType() {
        assertSame("[]");
        assertSame("[-3, 7, 9223372036854775807]", -3, 7, Long.MAX_VALUE);
        assertSame("[18446744073709551616]", BigInteger.TWO.pow(64));
        assertSame("[0.1, 2.5e3]", 0.1, 2500.0);
        assertSame("[\"a\", \"\u00e9\"]", "a", "\u00e9");
        assertSame("[true]", true);
        assertSame("[{\"date\": \"2001-02-01\"}]", LocalDate.of(2001, 2, 1));
        assertSame("[{\"time\": \"12:30:00\"}]", LocalTime.of(12, 30));
        assertSame("[{\"datetime\": \"2001-02-01T12:30\"}]", LocalDateTime.of(2001, 2, 1, 12, 30));
        assertSame("[{\"instant\": \"2001-02-01T12:30:00Z\"}]", Instant.parse("2001-02-01T12:30:00Z"));
        assertSame("[{\"duration\": \"PT1.5S\"}]", Duration.ofMillis(1500));
        assertSame("[{\"binary\": \"00ff\"}]", (Object) new byte[] {0, -1});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "3",
                "{}",
                "[null]",
                "[[1]]",
                "[{}]",
                "[{\"date\": 3}]",
                "[{\"date\": \"yesterday\"}]",
                "[{\"binary\": \"0\"}]",
                "[{\"date\": \"2001-02-01\", \"time\": \"12:30\"}]",
                "[{\"month\": \"May\"}]"
            })
    void othersAreRefused(String json) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> read(json)).getMessage();
        assertTrue(message.contains("\"range\""), message);
    }
}
