package io.partd.arrow;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.Partds;
import io.partd.arrow.testing.BrokenKey;
import io.partd.arrow.testing.RandomTable;
import io.partd.arrow.testing.RandomTables;
import io.partd.arrow.testing.SmallStreams;
import io.partd.arrow.testing.Streams;
import io.partd.testing.Fuzz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.api.Test;

/**
 * Mutated streams of random tables, of every type, plain and compressed. Runs {@code -Dpartd.fuzz.seconds}; a failed
 * round is repeated with {@code -Dpartd.fuzz.seed}.
 */
class StreamFuzzTest {
    /** Larger streams take time, and have little more to find. */
    private static final int LARGEST = 64 << 10;

    private static final int MUTANTS = 20;

    @Test
    void hostileStreams() {
        try (BrokenKey key = new BrokenKey()) {
            List<byte[]> small = small();
            Fuzz.run("streams", random -> {
                byte[] stream = random.nextInt(4) == 0 ? small.get(random.nextInt(small.size())) : stream(random);
                for (int i = 0; i < MUTANTS; i++) key.readAll(mutate(random, stream, small));
            });
            System.out.println(key.counts());
        }
    }

    /** Half of the changes are so small that most of the stream is still read. */
    static byte[] mutate(Random random, byte[] stream, List<byte[]> others) {
        if (stream.length <= 8 || random.nextBoolean()) return Fuzz.mutate(random, stream, others);
        ByteBuffer changed = ByteBuffer.wrap(stream.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = random.nextInt(3); i >= 0; i--) change(random, changed);
        return changed.array();
    }

    /** Flips a bit, or changes one of the numbers that streams are made of. */
    private static void change(Random random, ByteBuffer stream) {
        int at = random.nextInt(stream.capacity() - 8) & (random.nextBoolean() ? -4 : -1);
        int by = random.nextBoolean() ? random.nextInt(5) - 2 : 1 << random.nextInt(32);
        switch (random.nextInt(4)) {
            case 0 -> stream.put(at, (byte) (stream.get(at) ^ 1 << random.nextInt(8)));
            case 1 -> stream.putInt(at, stream.getInt(at) + by);
            case 2 -> stream.putInt(at, stream.getInt(random.nextInt(stream.capacity() - 8) & -4));
            default -> stream.putLong(at, stream.getLong(at) + by);
        }
    }

    private static List<byte[]> small() {
        try (BufferAllocator allocator = new RootAllocator()) {
            return new ArrayList<>(SmallStreams.ofEveryLayout(allocator).values());
        }
    }

    private static byte[] stream(Random random) {
        try (BufferAllocator allocator = new RootAllocator();
                RandomTable table = new RandomTables(random.nextLong(), allocator, field -> true, 10).next()) {
            byte[] stream = random.nextBoolean() ? Streams.write(table) : stored(table, random);
            return stream.length > LARGEST ? stream(random) : stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a store makes of a table. */
    private static byte[] stored(RandomTable table, Random random) {
        CodecType codec = CodecType.values()[random.nextInt(CodecType.values().length)];
        ArrowOptions options = ArrowOptions.defaults().withCompression(codec);
        try (Partd<Bytes> bytes = Partds.dict();
                ArrowPartd store = ArrowPartd.over(bytes, table.allocator(), options)) {
            for (int i = 0; i < table.batches().size(); i++) {
                VectorSchemaRoot batch = table.batches().get(i);
                store.append("key", batch, table.provider(i));
            }
            return bytes.get("key").toArray();
        }
    }
}
