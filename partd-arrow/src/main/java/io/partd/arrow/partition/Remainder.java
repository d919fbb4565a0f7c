package io.partd.arrow.partition;

/** The exact remainder of a non-negative int by a fixed divisor, with a multiplication in place of the division. */
final class Remainder {
    private final int divisor;
    private final long factor;
    private final int shift;

    /**
     * With l = ceil(log2(divisor)) and factor = ceil(2^(31+l) / divisor), factor * divisor exceeds 2^(31+l) by less
     * than 2^l, so that {@code x * factor >> 31+l} is the exact quotient of every x below 2^31; the product stays below
     * 2^63.
     */
    Remainder(int divisor) {
        this.divisor = divisor;
        shift = Integer.SIZE - 1 + Integer.SIZE - Integer.numberOfLeadingZeros(divisor - 1);
        long power = 1L << shift;
        factor = power / divisor + (power % divisor == 0 ? 0 : 1);
    }

    /** The remainder of {@code value}, which is not negative. */
    int of(int value) {
        return value - (int) (value * factor >> shift) * divisor;
    }

    /** Whether the lowest bits are the remainder. */
    boolean isMask() {
        return Integer.bitCount(divisor) == 1;
    }
}
