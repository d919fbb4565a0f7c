package io.partd.spark.read;

import org.apache.arrow.vector.ValueVector;
import org.apache.spark.sql.vectorized.ArrowColumnVector;

/**
 * A column that stays the reader's, which loads the next batch into it. Spark closes the columns of a batch once it has
 * read them, and Arrow's nested vectors lose their children when they are closed.
 */
final class BorrowedVector extends ArrowColumnVector {
    BorrowedVector(ValueVector vector) {
        super(vector);
    }

    @Override
    public void close() {}
}
