package io.partd.testing;

import io.partd.Bytes;
import io.partd.CorruptPartdException;
import io.partd.Encoding;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Arrays of int, as the simplest typed values. */
public final class IntsEncoding implements Encoding<int[]> {
    @Override
    public Bytes encode(int[] value) {
        ByteBuffer buffer = ByteBuffer.allocate(value.length * Integer.BYTES);
        for (int number : value) buffer.putInt(number);
        return Bytes.of(buffer.flip());
    }

    @Override
    public int[] decode(Bytes bytes) {
        if (bytes.size() % Integer.BYTES != 0) throw new CorruptPartdException("ints", bytes.size(), "a number is cut");
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toArray());
        return IntStream.generate(buffer::getInt)
                .limit(buffer.remaining() / Integer.BYTES)
                .toArray();
    }

    @Override
    public int[] join(List<int[]> values) {
        return values.stream().flatMapToInt(IntStream::of).toArray();
    }

    /** The same values, for the contract. */
    public static final class AsNumbers implements Numbers<int[]> {
        @Override
        public int[] write(List<Integer> numbers) {
            return numbers.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public List<Integer> read(int[] value) {
            return IntStream.of(value).boxed().toList();
        }
    }
}
