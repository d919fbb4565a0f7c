package io.partd.benchmarks.data;

import io.partd.arrow.ArrowPartd;
import java.io.IOException;
import java.util.Locale;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** How a part of a table is read. */
public enum TableForm {
    /** All columns as one table, which nothing looks into. */
    GET {
        @Override
        public long read(ArrowPartd store, String key) {
            try (VectorSchemaRoot table = store.get(key)) {
                return table.getRowCount();
            }
        }
    },
    /** The same, and one column is summed. */
    GET_SUM {
        @Override
        public long read(ArrowPartd store, String key) {
            try (VectorSchemaRoot table = store.get(key)) {
                return sum(table);
            }
        }
    },
    /** Batch by batch, and one column of each is summed. */
    READER_SUM {
        @Override
        public long read(ArrowPartd store, String key) throws IOException {
            try (ArrowReader reader = store.reader(key)) {
                return sum(reader);
            }
        }
    },
    /** One column of five, which nothing looks into. */
    COLUMN {
        @Override
        public long read(ArrowPartd store, String key) {
            try (VectorSchemaRoot table = store.get(key, PRICE)) {
                return table.getRowCount();
            }
        }
    },
    /** The same, and it is summed. */
    COLUMN_SUM {
        @Override
        public long read(ArrowPartd store, String key) {
            try (VectorSchemaRoot table = store.get(key, PRICE)) {
                return sum(table);
            }
        }
    };

    private static final String PRICE = "price";

    /** Reads what is under a key; gives the number of rows. */
    public abstract long read(ArrowPartd store, String key) throws IOException;

    static long sum(ArrowReader reader) throws IOException {
        long rows = 0;
        while (reader.loadNextBatch()) rows += sum(reader.getVectorSchemaRoot());
        return rows;
    }

    /** Sums the prices, of which none is negative; gives the number of rows. */
    static long sum(VectorSchemaRoot table) {
        Float8Vector prices = (Float8Vector) table.getVector(PRICE);
        double sum = 0;
        for (int row = 0; row < table.getRowCount(); row++) sum += prices.get(row);
        if (!(sum >= 0)) throw new IllegalStateException("the prices sum up to " + sum);
        return table.getRowCount();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
