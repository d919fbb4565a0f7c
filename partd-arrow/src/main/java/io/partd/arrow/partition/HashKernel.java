package io.partd.arrow.partition;

import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * The hashes of one column, as Appendix B of the Apache Iceberg table specification has them.
 *
 * <p>What it does not list: times and timestamps of every unit are hashed as microseconds (nanoseconds are rounded
 * down, as its note 3 says of timestamps); an unsigned 64-bit integer by its 8 bytes, which up to
 * {@link Long#MAX_VALUE} is the hash of the long (Iceberg has no larger ones); a half float as the double that it is.
 */
final class HashKernel implements RowCodes {
    private final PartitionColumn column;
    private final int mask;
    private final int nullHash;

    /** Hashes are cut down to the bits of {@code mask}; nulls get {@code nullHash}. */
    HashKernel(PartitionColumn column, int mask, int nullHash) {
        this.column = column;
        this.mask = mask;
        this.nullHash = nullHash;
    }

    @Override
    public int nullCode() {
        return nullHash;
    }

    @Override
    public int[] apply(FieldVector vector, int rows) {
        ArrowType type = vector.getField().getType();
        int[] hashes = new int[rows];
        NullMask nulls = NullMask.of(column, vector, rows);
        if (!isDefined(type)) throw column.error("no hash is defined for " + type + ": use another column");
        if (LongValues.holds(type)) hashLongs(LongValues.of(column, vector, rows, nulls), type, nulls, hashes);
        else if (type instanceof ArrowType.Decimal) hashDecimals(SpanValues.of(column, vector, rows, nulls), hashes);
        else hashBytes(SpanValues.of(column, vector, rows, nulls), hashes);
        nulls.fill(hashes, nullHash);
        return hashes;
    }

    private static boolean isDefined(ArrowType type) {
        if (type instanceof ArrowType.Duration || type instanceof ArrowType.Interval) return false;
        return LongValues.holds(type) || SpanValues.holds(type);
    }

    private void hashLongs(LongValues longs, ArrowType type, NullMask nulls, int[] hashes) {
        Micros micros = Micros.of(column, type, nulls);
        long[] chunk = LongValues.chunk(hashes.length);
        for (int from = 0; from < hashes.length; from += chunk.length) {
            int n = longs.read(from, chunk);
            if (micros != null) micros.convert(from, chunk, n);
            for (int i = 0; i < n; i++) hashes[from + i] = Murmur3.hash(chunk[i]) & mask;
        }
    }

    private void hashBytes(SpanValues spans, int[] hashes) {
        long[] address = spans.address;
        int[] length = spans.length;
        for (int from = 0; from < hashes.length; from += address.length) {
            int n = spans.read(from);
            for (int i = 0; i < n; i++) hashes[from + i] = Murmur3.hash(address[i], length[i]) & mask;
        }
    }

    private void hashDecimals(SpanValues spans, int[] hashes) {
        byte[] bigEndian = null;
        for (int from = 0; from < hashes.length; from += spans.address.length) {
            int n = spans.read(from);
            for (int i = 0; i < n; i++) {
                long at = spans.address[i];
                int width = spans.length[i];
                if (fitsLong(at, width)) {
                    hashes[from + i] = hashUnscaled(MemoryUtil.getLong(at)) & mask;
                } else {
                    if (bigEndian == null) bigEndian = new byte[width];
                    hashes[from + i] = hashUnscaled(at, bigEndian) & mask;
                }
            }
        }
    }

    private static boolean fitsLong(long at, int width) {
        long sign = MemoryUtil.getLong(at) >> 63;
        for (int i = 8; i < width; i += 8) {
            if (MemoryUtil.getLong(at + i) != sign) return false;
        }
        return true;
    }

    /** The hash of the fewest bytes, most significant first, that hold the number and its sign. */
    static int hashUnscaled(long value) {
        int bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(value ^ value >> 63);
        int bytes = bits + 7 >>> 3;
        return Murmur3.hashPrefix(Long.reverseBytes(value << Long.SIZE - 8 * bytes), bytes);
    }

    private static int hashUnscaled(long at, byte[] bigEndian) {
        int last = bigEndian.length - 1;
        for (int i = 0; i <= last; i++) bigEndian[last - i] = MemoryUtil.getByte(at + i);
        int from = 0;
        // A leading byte can go where it only repeats the sign bit of the next.
        while (from < last && bigEndian[from] == bigEndian[from + 1] >> 7) from++;
        return Murmur3.hash(bigEndian, from);
    }
}
