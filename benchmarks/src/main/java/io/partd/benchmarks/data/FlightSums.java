package io.partd.benchmarks.data;

import java.util.Locale;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Sums over flights that do not depend on their order.
 *
 * @param rows how many there are
 * @param delays of all delays
 * @param distances of all distances
 * @param letters of all distances, each times the codes of its origin's first letter and its destination's
 */
public record FlightSums(long rows, long delays, long distances, long letters) {
    public static final FlightSums NONE = new FlightSums(0, 0, 0, 0);

    /** The same in SQL. */
    static final String SQL = "SELECT count(*)::BIGINT, sum(delay)::BIGINT, sum(distance)::BIGINT, "
            + "sum(distance * ascii(origin) * ascii(destination))::BIGINT FROM ";

    public static FlightSums of(Duck duck, String table) throws java.sql.SQLException {
        long[] sums = duck.numbers(SQL + table, 4);
        return new FlightSums(sums[0], sums[1], sums[2], sums[3]);
    }

    public static FlightSums of(VectorSchemaRoot table) {
        BigIntVector delay = (BigIntVector) table.getVector("delay");
        BigIntVector distance = (BigIntVector) table.getVector("distance");
        VarCharVector origin = (VarCharVector) table.getVector("origin");
        VarCharVector destination = (VarCharVector) table.getVector("destination");
        FlightSums sums = NONE;
        for (int row = 0; row < table.getRowCount(); row++) {
            long letters = distance.get(row) * origin.get(row)[0] * destination.get(row)[0];
            sums = sums.plus(new FlightSums(1, delay.get(row), distance.get(row), letters));
        }
        return sums;
    }

    /** The sum of the delays alone, as the one who reads a part makes it. */
    public static long delays(VectorSchemaRoot table) {
        BigIntVector delay = (BigIntVector) table.getVector("delay");
        long sum = 0;
        for (int row = 0; row < table.getRowCount(); row++) sum += delay.get(row);
        return sum;
    }

    public FlightSums plus(FlightSums other) {
        return new FlightSums(
                rows + other.rows, delays + other.delays, distances + other.distances, letters + other.letters);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d rows, sums %d %d %d", rows, delays, distances, letters);
    }
}
