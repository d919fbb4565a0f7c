package io.partd.benchmarks.data;

import java.io.IOException;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Counts rows and sums their prices, as the one who reads a part does. */
public final class PriceSum {
    private long rows;
    private long cents;

    /** Adds a part of so many rows, whose prices sum up to this. */
    public void add(long moreRows, double prices) {
        rows += moreRows;
        cents += Math.round(prices * 100);
    }

    public void add(VectorSchemaRoot part) {
        add(part.getRowCount(), sum(part));
    }

    /** Adds a part that comes in batches. */
    public void add(ArrowReader part) throws IOException {
        long count = 0;
        double sum = 0;
        while (part.loadNextBatch()) {
            sum += sum(part.getVectorSchemaRoot());
            count += part.getVectorSchemaRoot().getRowCount();
        }
        add(count, sum);
    }

    private static double sum(VectorSchemaRoot table) {
        Float8Vector prices = (Float8Vector) table.getVector("price");
        double sum = 0;
        for (int row = 0; row < table.getRowCount(); row++) sum += prices.get(row);
        return sum;
    }

    /** Gives the number of rows, when the prices are those of the source. */
    public long rows(long expectedCents) {
        if (cents != expectedCents) {
            throw new IllegalStateException("the prices sum up to " + cents + " cents instead of " + expectedCents);
        }
        return rows;
    }
}
