package io.partd.arrow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Tag("once")
final class PartitionerParseTest {
    static Stream<Partitioner> partitioners() {
        return Stream.of(
                Partitioner.hash(64, "origin"),
                Partitioner.hash(1 << 30, "a b", "c\"d\\e", "new\nline", "ä(,)"),
                Partitioner.values("x"),
                Partitioner.values("", "u\u0001", "hash(3, \"x\")"),
                Partitioner.range("n"),
                Partitioner.range("n", -5, 0, 7L, new BigInteger("99999999999999999999")),
                Partitioner.range("n", new BigDecimal("-1.50"), new BigDecimal("1E+30")),
                Partitioner.range("d", Double.NEGATIVE_INFINITY, -0.0, 1e-300, Double.POSITIVE_INFINITY),
                Partitioner.range("f", 1.5f, 2.25f),
                Partitioner.range("s", "", "a, b", "quo\"te", "ü"),
                Partitioner.range("b", new byte[0], new byte[] {1, -1}),
                Partitioner.range("b", false, true),
                Partitioner.range("t", LocalDate.parse("-0001-01-01"), LocalDate.parse("2001-12-31")),
                Partitioner.range("t", LocalTime.MIDNIGHT, LocalTime.parse("23:59:59.999999999")),
                Partitioner.range("t", LocalDateTime.parse("1969-12-31T23:59:59.5")),
                Partitioner.range("t", Instant.parse("2001-01-01T00:00:00Z")),
                Partitioner.range("t", Duration.ofSeconds(-5), Duration.ofDays(3)));
    }

    @ParameterizedTest
    @MethodSource("partitioners")
    void theTextOfAPartitionerIsParsedToItself(Partitioner partitioner) {
        Partitioner parsed = Partitioner.parse(partitioner.toString());
        assertEquals(partitioner, parsed);
        assertEquals(partitioner.toString(), parsed.toString());
    }

    @Test
    void spacesAndPlainNumbersAreTaken() {
        assertEquals(Partitioner.hash(8, "a", "b"), Partitioner.parse("  hash ( 8,\"a\" ,\n\"b\" ) "));
        assertEquals(
                Partitioner.range("n", 1, new BigDecimal("2.5"), 1000),
                Partitioner.parse("range(\"n\", 1.0, 2.5, 1e3)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''                        | hash(..)",
                "modulo(3, \"x\")          | hash(..)",
                "hash(3)                   | names no column",
                "hash(\"x\", 3)            | number of parts",
                "hash(3.5, \"x\")          | number of parts",
                "hash(0, \"x\")            | 1 to",
                "hash(3, x)                | double quotes",
                "hash(3, \"x\"             | closing parenthesis",
                "hash(3, \"x\") y          | the end",
                "hash(3, \"x\", \"x\")     | named twice",
                "values(3)                 | no name",
                "values()                  | a name",
                "range(\"x\", 2, 1)        | ascend",
                "range(\"x\", date(2001))  | is no date",
                "range(\"x\", moment(1))   | moment",
                "range(\"x\", \"a\\q\")   | backslash"
            })
    void whatIsWrongIsSaid(String text, String said) {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> Partitioner.parse(text));
        assertTrue(refused.getMessage().contains(said), refused::getMessage);
    }
}
