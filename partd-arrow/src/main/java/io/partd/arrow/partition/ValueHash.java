package io.partd.arrow.partition;

import java.math.BigDecimal;

/** What {@link HashRule} makes of one value of one column, for engines that have no column of them. */
public final class ValueHash {
    private ValueHash() {}

    /** The part of a hash among {@code n}. */
    public static int part(int hash, int n) {
        return (hash & Integer.MAX_VALUE) % n;
    }

    /** Of integers and booleans, dates as days, times and timestamps as microseconds. */
    public static int of(long value) {
        return Murmur3.hash(value);
    }

    /** Of floats and doubles; zeros are one value, and so are all NaN. */
    public static int of(double value) {
        return Murmur3.hash(LongValues.canonical(value));
    }

    /** Of text as UTF-8, and binary values. */
    public static int of(byte[] bytes) {
        return Murmur3.hash(bytes, 0);
    }

    /** Of decimals, whose scale is that of their column. */
    public static int of(BigDecimal decimal) {
        return Murmur3.hash(decimal.unscaledValue().toByteArray(), 0);
    }
}
