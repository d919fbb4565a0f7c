package io.partd.arrow.partition;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Bounds as values of a column's type: each the smallest value that is not below the bound. */
sealed interface RangeCuts {
    /** The column's type. */
    ArrowType type();

    /** The bounds for a column, which they have to suit. */
    static RangeCuts of(PartitionColumn column, ArrowType type, List<Bound> bounds) {
        Bound.Kind kind = kind(type);
        if (kind == null) throw column.error("values of type " + type + " have no ranges: use another column");
        for (int i = 0; i < bounds.size(); i++) {
            if (bounds.get(i).kind == kind) continue;
            throw column.error("bound " + i + ", " + bounds.get(i) + ", does not suit its values of type " + type
                    + ", which need " + kind.classes());
        }
        if (type instanceof ArrowType.Decimal decimal) return Decimals.of(decimal, bounds);
        if (LongValues.holds(type)) return Longs.of(type, bounds);
        return Binaries.of(type, bounds);
    }

    private static Bound.Kind kind(ArrowType type) {
        if (SpanValues.isText(type)) return Bound.Kind.TEXT;
        if (SpanValues.isBinary(type)) return Bound.Kind.BINARY;
        if (type instanceof ArrowType.Timestamp timestamp) {
            return TimeUnits.hasZone(timestamp) ? Bound.Kind.INSTANT : Bound.Kind.DATE_TIME;
        }
        return switch (type.getTypeID()) {
            case Int, FloatingPoint, Decimal -> Bound.Kind.NUMBER;
            case Bool -> Bound.Kind.BOOLEAN;
            case Date -> Bound.Kind.DATE;
            case Time -> Bound.Kind.TIME;
            case Duration -> Bound.Kind.DURATION;
            default -> null;
        };
    }

    /** What makes the signed order of longs that of the values which {@link LongValues} reads. */
    enum Order {
        SIGNED,
        UNSIGNED,
        FLOATING;

        void apply(long[] values, int n) {
            if (this == SIGNED) return;
            if (this == UNSIGNED) {
                for (int i = 0; i < n; i++) values[i] ^= Long.MIN_VALUE;
            } else {
                for (int i = 0; i < n; i++) values[i] = ofBits(values[i]);
            }
        }

        /** The bits of negative doubles, sign aside, ascend with their absolute value. */
        static long ofBits(long bits) {
            return bits ^ bits >> 63 & Long.MAX_VALUE;
        }
    }

    /** For what {@link LongValues} reads. There are fewer cuts than bounds where some lie above every long. */
    record Longs(ArrowType type, Order order, long[] cuts) implements RangeCuts {
        static Longs of(ArrowType type, List<Bound> bounds) {
            if (type instanceof ArrowType.FloatingPoint) {
                long[] cuts = bounds.stream()
                        .mapToLong(bound -> Order.ofBits(LongValues.canonical(bound.toDouble())))
                        .toArray();
                return new Longs(type, Order.FLOATING, cuts);
            }
            if (type instanceof ArrowType.Int integer && !integer.getIsSigned() && integer.getBitWidth() == 64) {
                return new Longs(type, Order.UNSIGNED, cuts(bounds, 0, BigInteger.ONE.shiftLeft(63)));
            }
            return new Longs(type, Order.SIGNED, cuts(bounds, digits(type), BigInteger.ZERO));
        }

        /** The bounds less an offset, as longs. */
        private static long[] cuts(List<Bound> bounds, int digits, BigInteger offset) {
            BigInteger least = BigInteger.valueOf(Long.MIN_VALUE);
            return bounds.stream()
                    .map(bound -> bound.ceil(digits).subtract(offset).max(least))
                    .takeWhile(cut -> cut.bitLength() < Long.SIZE)
                    .mapToLong(BigInteger::longValue)
                    .toArray();
        }

        /** The power of ten by which the column's unit is smaller than that of the bounds. */
        private static int digits(ArrowType type) {
            if (type instanceof ArrowType.Time time) return TimeUnits.digits(time.getUnit());
            if (type instanceof ArrowType.Timestamp timestamp) return TimeUnits.digits(timestamp.getUnit());
            return type instanceof ArrowType.Duration duration ? TimeUnits.digits(duration.getUnit()) : 0;
        }

        int range(long value) {
            int low = 0;
            for (int n = cuts.length; n > 0; ) {
                int half = n + 1 >>> 1;
                low = cuts[low + half - 1] <= value ? low + half : low;
                n -= half;
            }
            return low;
        }
    }

    /** For decimals of 128 and 256 bits: the words of all cuts, each cut's lowest word first. */
    record Decimals(ArrowType type, int words, long[] cuts) implements RangeCuts {
        static Decimals of(ArrowType.Decimal type, List<Bound> bounds) {
            int bits = type.getBitWidth();
            int words = bits / Long.SIZE;
            BigInteger least = BigInteger.ONE.shiftLeft(bits - 1).negate();
            List<BigInteger> reached = bounds.stream()
                    .map(bound -> bound.ceil(type.getScale()).max(least))
                    .takeWhile(cut -> cut.bitLength() < bits)
                    .toList();
            long[] cuts = new long[reached.size() * words];
            for (int i = 0; i < cuts.length; i++) {
                cuts[i] =
                        reached.get(i / words).shiftRight(i % words * Long.SIZE).longValue();
            }
            return new Decimals(type, words, cuts);
        }

        int range(long address) {
            int low = 0;
            for (int high = cuts.length / words; low < high; ) {
                int middle = low + high >>> 1;
                if (reaches(address, middle)) low = middle + 1;
                else high = middle;
            }
            return low;
        }

        private boolean reaches(long address, int cut) {
            int at = cut * words + words - 1;
            long value = MemoryUtil.getLong(address + 8L * (words - 1));
            if (value != cuts[at]) return value > cuts[at];
            for (int i = words - 2; i >= 0; i--) {
                int order = Long.compareUnsigned(MemoryUtil.getLong(address + 8L * i), cuts[--at]);
                if (order != 0) return order > 0;
            }
            return true;
        }
    }

    /**
     * For text and binary values, which are compared as unsigned bytes. The first 8 bytes decide mostly, as longs that
     * are in the same order.
     */
    record Binaries(ArrowType type, byte[][] cuts, Longs prefixes) implements RangeCuts {
        static Binaries of(ArrowType type, List<Bound> bounds) {
            byte[][] cuts = bounds.stream().map(bound -> bound.bytes).toArray(byte[][]::new);
            long[] prefixes = new long[cuts.length];
            for (int i = 0; i < cuts.length; i++) {
                byte[] first = Arrays.copyOf(cuts[i], Long.BYTES);
                prefixes[i] = Long.reverseBytes(MemoryUtil.getLong(first, 0)) ^ Long.MIN_VALUE;
            }
            return new Binaries(type, cuts, new Longs(type, Order.SIGNED, prefixes));
        }

        int range(long address, int length) {
            long prefix = prefix(address, length);
            int high = prefixes.range(prefix);
            if (high == 0 || prefixes.cuts[high - 1] != prefix) return high;
            int low = prefix == Long.MIN_VALUE ? 0 : prefixes.range(prefix - 1);
            while (low < high) {
                int middle = low + high >>> 1;
                if (reaches(address, length, cuts[middle])) low = middle + 1;
                else high = middle;
            }
            return low;
        }

        /** The first 8 bytes, or all of them and zeros, so that signed longs are in the order of unsigned bytes. */
        private static long prefix(long address, int length) {
            if (length >= Long.BYTES) return Long.reverseBytes(MemoryUtil.getLong(address)) ^ Long.MIN_VALUE;
            long bytes = 0;
            if (length >= Integer.BYTES) {
                long first = Integer.reverseBytes(MemoryUtil.getInt(address)) & 0xffff_ffffL;
                long last = Integer.reverseBytes(MemoryUtil.getInt(address + length - 4)) & 0xffff_ffffL;
                // The two overlap: where they do, they are the same.
                bytes = first << 32 | last << 64 - 8 * length;
            } else {
                for (int i = 0; i < length; i++) bytes |= (MemoryUtil.getByte(address + i) & 0xffL) << 56 - 8 * i;
            }
            return bytes ^ Long.MIN_VALUE;
        }

        private static boolean reaches(long address, int length, byte[] cut) {
            int common = Math.min(length, cut.length);
            int i = 0;
            while (i + 8 <= common && MemoryUtil.getLong(address + i) == MemoryUtil.getLong(cut, i)) i += 8;
            while (i < common && MemoryUtil.getByte(address + i) == cut[i]) i++;
            if (i == common) return length >= cut.length;
            return Byte.compareUnsigned(MemoryUtil.getByte(address + i), cut[i]) > 0;
        }
    }
}
