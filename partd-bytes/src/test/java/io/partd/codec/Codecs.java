package io.partd.codec;

import io.partd.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** The codecs and the values that the tests put through them. */
public final class Codecs {
    private Codecs() {}

    /** Each codec at its default level. */
    public static Stream<ByteCodec> all() {
        return Stream.of(
                new ZlibCodec(ZlibCodec.DEFAULT_LEVEL),
                new Bz2Codec(Bz2Codec.DEFAULT_LEVEL),
                new SnappyCodec(),
                new BloscCodec(BloscCodec.DEFAULT_LEVEL),
                new Lz4Codec(Lz4Codec.DEFAULT_LEVEL),
                new ZstdCodec(ZstdCodec.DEFAULT_LEVEL));
    }

    /** Those whose formats have a checksum, so that no damage goes unseen. */
    public static Stream<ByteCodec> checked() {
        return all().filter(codec -> !unchecked(codec));
    }

    static boolean unchecked(ByteCodec codec) {
        return codec instanceof SnappyCodec || codec instanceof BloscCodec;
    }

    /** Small values of every kind. */
    static Map<String, byte[]> small() {
        Random random = new Random(7);
        Map<String, byte[]> values = new LinkedHashMap<>();
        values.put("one byte", new byte[] {42});
        values.put("two bytes", new byte[] {1, 2});
        values.put("text", text(random, 5_000));
        values.put("random", random(random, 3_000));
        values.put("zeros", new byte[10_000]);
        values.put("numbers", numbers(2_000));
        return values;
    }

    /** Values at and beyond the sizes of the formats' blocks. */
    static Map<String, byte[]> large() {
        Random random = new Random(8);
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (int size : new int[] {65_535, 65_536, 65_537}) values.put("text of " + size, text(random, size));
        values.put("large text", text(random, 2_200_000));
        values.put("large random", random(random, 2_200_001));
        values.put("large zeros", new byte[3_000_000]);
        values.put("large numbers", numbers(200_000));
        return values;
    }

    public static byte[] text(Random random, int size) {
        String[] words = {"store", "append", "key", "value", "shuffle", "frame", "batch", "partition"};
        StringBuilder text = new StringBuilder();
        while (text.length() < size)
            text.append(words[random.nextInt(words.length)]).append(' ');
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.UTF_8), size);
    }

    static byte[] random(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    static byte[] numbers(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * count);
        for (int i = 0; i < count; i++) bytes.putLong(1_000_000L + 3 * i);
        return bytes.array();
    }

    /** The same bytes as one array, in many pieces, in direct memory and in a mixture. */
    static List<Bytes> shapes(byte[] value) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0, step = 1; from < value.length; from += step, step = step * 3 + 1) {
            pieces.add(ByteBuffer.wrap(value, from, Math.min(step, value.length - from)));
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(value.length).put(value).flip();
        int half = value.length / 2;
        return List.of(
                Bytes.of(value),
                Bytes.of(pieces.toArray(ByteBuffer[]::new)),
                Bytes.of(direct),
                Bytes.of(ByteBuffer.wrap(value, 0, half), direct.duplicate().position(half)));
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }
}
