package io.partd.tablesaw;

import java.time.LocalDate;

/**
 * Tablesaw's packed dates and times. A date is a year of 16 bits, a month and a day of 8; a time is an hour and a
 * minute of 8 bits, and a millisecond of the minute of 16.
 */
final class Packed {
    static final long MILLIS_PER_DAY = 86_400_000;
    static final long FIRST_DAY = LocalDate.of(Short.MIN_VALUE, 1, 1).toEpochDay();
    static final long LAST_DAY = LocalDate.of(Short.MAX_VALUE, 12, 31).toEpochDay();

    /** What no date and no time is. */
    static final long NONE = Long.MIN_VALUE;

    private static final int MILLIS_PER_MINUTE = 60_000;
    private static final int MINUTES_PER_HOUR = 60;
    private static final int HOURS_PER_DAY = 24;
    private static final int DAYS_PER_ERA = 146_097;
    /** From the first of March of the year 0, with which the calendar's arithmetic begins. */
    private static final int DAYS_TO_1970 = 719_468;

    private Packed() {}

    /** The days from 1970 of a packed date, or {@link #NONE}. */
    static long days(int date) {
        int year = date >> 16;
        int month = date >> 8 & 0xff;
        int day = date & 0xff;
        if (month < 1 || month > 12 || day < 1) return NONE;
        if (day > 28 && day > LocalDate.of(year, month, 1).lengthOfMonth()) return NONE;
        // Years begin in March here: a leap day is the last of its year.
        int marchYear = month > 2 ? year : year - 1;
        int era = Math.floorDiv(marchYear, 400);
        int yearOfEra = marchYear - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (long) era * DAYS_PER_ERA + dayOfEra - DAYS_TO_1970;
    }

    static boolean hasDay(long days) {
        return days >= FIRST_DAY && days <= LAST_DAY;
    }

    /** The packed date of days from 1970, which lie in the years that there are. */
    static int date(int days) {
        int shifted = days + DAYS_TO_1970;
        int era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int dayOfEra = shifted - era * DAYS_PER_ERA;
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 16 | month << 8 | day;
    }

    /** The milliseconds from midnight of a packed time, or {@link #NONE}. */
    static long millis(int time) {
        int hour = time >>> 24;
        int minute = time >>> 16 & 0xff;
        int milli = time & 0xffff;
        if (hour >= HOURS_PER_DAY || minute >= MINUTES_PER_HOUR || milli >= MILLIS_PER_MINUTE) return NONE;
        return (hour * MINUTES_PER_HOUR + minute) * (long) MILLIS_PER_MINUTE + milli;
    }

    /** The packed time of milliseconds from midnight, less than a day. */
    static int time(int millis) {
        int minutes = millis / MILLIS_PER_MINUTE;
        return minutes / MINUTES_PER_HOUR << 24
                | minutes % MINUTES_PER_HOUR << 16
                | millis - minutes * MILLIS_PER_MINUTE;
    }
}
