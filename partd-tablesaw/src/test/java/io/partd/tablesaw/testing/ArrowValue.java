package io.partd.tablesaw.testing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.arrow.vector.FieldVector;

/** Values as Arrow's own accessors return them, as text. */
public final class ArrowValue {
    private ArrowValue() {}

    public static String text(FieldVector vector, int row) {
        return String.valueOf(vector.getObject(row));
    }

    /** What Arrow should return for a value of Tablesaw. */
    public static String of(Object value) {
        if (value instanceof LocalDate date) return Long.toString(date.toEpochDay());
        if (value instanceof LocalTime time)
            return LocalDateTime.of(LocalDate.EPOCH, time).toString();
        if (value instanceof LocalDateTime dateTime) return dateTime.toString();
        if (value instanceof Instant instant) return Long.toString(instant.toEpochMilli());
        return value.toString();
    }
}
