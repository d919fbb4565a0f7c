package io.partd.tablesaw;

import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import tech.tablesaw.columns.dates.PackedLocalDate;
import tech.tablesaw.columns.times.PackedLocalTime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Packed dates and times are those of Tablesaw. */
class PackedTest {
    @Test
    void everyDayOfManyYearsIsAsTablesawPacksIt() {
        for (int year : new int[] {-32_768, -401, -400, -1, 0, 1, 1899, 1900, 1969, 1970, 2000, 2024, 32_767}) {
            LocalDate day = LocalDate.of(year, 1, 1);
            for (int i = 0; i < LocalDate.of(year, 1, 1).lengthOfYear(); i++) {
                check(day.plusDays(i));
            }
        }
        for (long day = Packed.FIRST_DAY; day <= Packed.LAST_DAY; day += 97) check(LocalDate.ofEpochDay(day));
    }

    private static void check(LocalDate day) {
        int packed = PackedLocalDate.pack(day);
        assertEquals(packed, Packed.date((int) day.toEpochDay()), day::toString);
        assertEquals(day.toEpochDay(), Packed.days(packed), day::toString);
    }

    @Test
    void everySecondIsAsTablesawPacksIt() {
        for (int second = 0; second < 86_400; second++) {
            int millis = second * 1_000 + second % 1_000;
            int packed = PackedLocalTime.pack(LocalTime.ofNanoOfDay(millis * 1_000_000L));
            assertEquals(packed, Packed.time(millis));
            assertEquals(millis, Packed.millis(packed));
        }
    }

    @Test
    void whatIsNoDateOrTimeIsNone() {
        for (int date : new int[] {0, 1 << 8, 1, 13 << 8 | 1, 4 << 8 | 31, 2 << 8 | 30, 1900 << 16 | 2 << 8 | 29}) {
            assertEquals(Packed.NONE, Packed.days(date), Integer.toHexString(date));
        }
        for (int time : new int[] {24 << 24, 60 << 16, 60_000, -1}) {
            assertEquals(Packed.NONE, Packed.millis(time), Integer.toHexString(time));
        }
        assertFalse(Packed.hasDay(Packed.FIRST_DAY - 1) || Packed.hasDay(Packed.LAST_DAY + 1));
    }
}
