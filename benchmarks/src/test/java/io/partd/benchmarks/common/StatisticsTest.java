package io.partd.benchmarks.common;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class StatisticsTest {
    @Test
    void medianIsTheMiddleOne() {
        assertEquals(3, Statistics.median(List.of(9.0, 1.0, 3.0)));
        assertEquals(7, Statistics.median(List.of(7.0)));
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertEquals(2.5, Statistics.median(List.of(4.0, 1.0, 2.0, 3.0)));
    }

    @Test
    void spreadIsAPartOfTheMedian() {
        assertEquals(0.75, Statistics.spread(List.of(5.0, 4.0, 2.0)));
        assertEquals(0, Statistics.spread(List.of(5.0)));
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.median(List.of()));
    }
}
