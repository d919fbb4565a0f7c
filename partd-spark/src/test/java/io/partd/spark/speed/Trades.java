package io.partd.spark.speed;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Random trades, the same each time: the columns of the benchmarks' W3. Prices are quarters, so that their sum does not
 * depend on the order.
 *
 * @param tasks that make them
 */
record Trades(SparkSession spark, long rows, int tasks) {
    /** The sums of all columns, which is what reading all is. */
    static final String[] SUMS = {"count(*)", "sum(id)", "max(ts)", "sum(price)", "sum(qty)", "sum(length(symbol))"};
    /** What tells whether the cells of a row are still beside each other. */
    static final String CHECK = "bit_xor(xxhash64(id, ts, price, qty, symbol))";

    private static final int SYMBOLS = 1000;
    private static final int LETTERS = 6;
    /** In microseconds: November 2026. */
    private static final long START = 1_793_491_200_000_000L;
    /** A prime: ids in steps of it, modulo the number of rows, are all ids in another order. */
    private static final int STEP = 7919;

    /** In the order of their ids. */
    Dataset<Row> ordered() {
        return of("id");
    }

    /** The same ids in another order, with other values. */
    Dataset<Row> scattered() {
        if (rows % STEP == 0) throw new IllegalArgumentException(rows + " rows are a multiple of " + STEP);
        return of("id * " + STEP + " % " + rows);
    }

    private Dataset<Row> of(String id) {
        return spark.range(0, rows, 1, tasks)
                .selectExpr(id + " AS id", "xxhash64(id) AS h")
                .selectExpr(
                        "id",
                        "timestamp_micros(" + START + " + 1000 * id + pmod(h, 1000)) AS ts",
                        "pmod(h, 400000) / 4.0D AS price",
                        "CAST(1 + pmod(shiftright(h, 20), 1000) AS int) AS qty",
                        "array(" + symbols() + ")[CAST(pmod(shiftright(h, 32), " + SYMBOLS + ") AS int)] AS symbol");
    }

    private static String symbols() {
        Random random = new Random(3);
        return Stream.generate(() -> random.ints(LETTERS, 'A', 'Z' + 1)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining("", "'", "'")))
                .distinct()
                .limit(SYMBOLS)
                .collect(Collectors.joining(","));
    }
}
