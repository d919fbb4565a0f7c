package io.partd.testing;

import io.partd.Bytes;
import io.partd.Partd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The contract of byte stores: all of {@link PartdContract}, and what can be said of bytes alone. */
public abstract class BytesContract extends PartdContract<Bytes> {
    private static final int[] SIZES = {1, 2, 7, 8, 9, 1023, 8191, 8192, 8193, 65_535, 65_536, 65_537, 131_073, 262_145
    };

    @Override
    protected final Numbers<Bytes> numbers() {
        return new TextNumbers();
    }

    @Test
    final void point02_valuesOfAllSizes() {
        Partd<Bytes> store = openRaw();
        byte[][] expected = new byte[SIZES.length][];
        byte[] all = {};
        for (int i = 0; i < SIZES.length; i++) {
            expected[i] = random(SIZES[i]);
            all = concat(all, expected[i]);
            store.append(Map.of("size" + i, Bytes.of(expected[i]), "all", Bytes.of(expected[i])));
        }
        if (persistence().persists()) {
            store.close();
            store = reopenRaw();
        }
        for (int i = 0; i < SIZES.length; i++)
            assertArrayEquals(expected[i], store.get("size" + i).toArray(), "of " + SIZES[i]);
        Bytes value = store.get("all");
        assertEquals(all.length, value.size());
        assertArrayEquals(all, value.toArray());
        assertEquals(Bytes.of(all), value);
        byte[] middle = value.slice(65_000, 200_000).toArray();
        assertArrayEquals(Arrays.copyOfRange(all, 65_000, 200_000), middle);
    }

    @Test
    final void point02_aValueOfManyPieces() throws IOException {
        Partd<Bytes> store = openRaw();
        byte[] expected = random(30_000);
        List<Bytes> pieces = new ArrayList<>();
        for (int i = 0; i < expected.length; i += 10) pieces.add(Bytes.of(Arrays.copyOfRange(expected, i, i + 10)));
        store.append("a", Bytes.concat(pieces));
        store.append("a", Bytes.EMPTY);
        store.append("a", Bytes.concat(pieces).slice(5, 25));
        expected = concat(expected, Arrays.copyOfRange(expected, 5, 25));
        assertArrayEquals(expected, store.get("a").newInputStream().readAllBytes());
        assertArrayEquals(expected, store.get("a").toArray());
    }

    @Test
    final void point02_aValueOfSeveralMebibytesAmongSmallOnes() {
        Partd<Bytes> store = openRaw();
        byte[] large = random(5 << 20);
        store.append(Map.of("a", Bytes.utf8("before"), "b", Bytes.utf8("small")));
        store.append(Map.of("a", Bytes.of(large), "b", Bytes.utf8("too")));
        store.append("a", Bytes.utf8("after"));
        byte[] expected = concat(
                concat("before".getBytes(StandardCharsets.UTF_8), large), "after".getBytes(StandardCharsets.UTF_8));
        assertArrayEquals(expected, store.get("a").toArray());
        assertEquals("smalltoo", store.get("b").toUtf8());
    }

    @Test
    final void point02_aReadValueCanBeAppended() {
        Partd<Bytes> store = openRaw();
        byte[] part = random(70_000);
        store.append("a", Bytes.of(part));
        store.append("a", store.get("a"));
        store.append("b", store.get("a"));
        byte[] twice = concat(part, part);
        assertArrayEquals(twice, store.get("a").toArray());
        assertArrayEquals(twice, store.get("b").toArray());
    }

    @Test
    final void point08_callersMayScribbleOnTheirBuffers() {
        Partd<Bytes> store = openRaw();
        byte[] expected = {};
        byte[] heads = {};
        for (int size : SIZES) {
            byte[] array = random(size);
            ByteBuffer direct = ByteBuffer.allocateDirect(size + 2).position(1).limit(size + 1);
            direct.put(array).position(1);
            expected = concat(expected, concat(array, array));
            heads = concat(heads, array);
            store.append("a", Bytes.of(array));
            store.append(Map.of("a", Bytes.of(direct)), Map.of("h" + size, Bytes.of(array)));
            assertEquals(1, direct.position(), "the buffer is left as it was");
            assertEquals(size + 1, direct.limit());
            Arrays.fill(array, (byte) 0x55);
            while (direct.hasRemaining()) direct.put((byte) 0x55);
        }
        assertArrayEquals(expected, store.get("a").toArray());
        store.flush();
        assertArrayEquals(expected, store.get("a").toArray());
        for (int i = 0, at = 0; i < SIZES.length; at += SIZES[i++]) {
            assertArrayEquals(
                    Arrays.copyOfRange(heads, at, at + SIZES[i]),
                    store.get("h" + SIZES[i]).toArray());
        }
    }

    @Test
    final void point08_whatIsHandedOutCannotChangeTheStore() {
        Partd<Bytes> store = openRaw();
        byte[] expected = random(150_000);
        for (int i = 0; i < 3; i++)
            store.append("a", Bytes.of(Arrays.copyOfRange(expected, i * 50_000, (i + 1) * 50_000)));
        Bytes value = store.get("a");
        Arrays.fill(value.toArray(), (byte) 0x55);
        for (ByteBuffer buffer : value.buffers()) {
            assertTrue(buffer.isReadOnly());
            buffer.position(buffer.limit());
        }
        ByteBuffer copy = ByteBuffer.allocate(expected.length);
        value.copyTo(copy);
        Arrays.fill(copy.array(), (byte) 0x55);
        assertArrayEquals(expected, value.toArray());
        assertArrayEquals(expected, store.get("a").toArray());
    }

    @Test
    final void point08_largeValuesStayTheSame() {
        Partd<Bytes> store = openRaw();
        byte[] expected = random(300_000);
        for (int i = 0; i < 3; i++)
            store.append("a", Bytes.of(Arrays.copyOfRange(expected, i * 100_000, (i + 1) * 100_000)));
        Bytes read = store.get("a");
        List<ByteBuffer> buffers = read.buffers();
        Bytes unread = store.get("a");
        disturb(store);
        assertArrayEquals(expected, Bytes.of(buffers.toArray(ByteBuffer[]::new)).toArray());
        assertArrayEquals(expected, read.toArray());
        assertArrayEquals(expected, unread.toArray());
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
