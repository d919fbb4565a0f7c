package io.partd.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.partd.Bytes;
import io.partd.CorruptPartdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CorruptPayloadTest {

    static Stream<ByteCodec> codecs() {
        return Codecs.all();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aPayloadCutAnywhereIsRefused(ByteCodec codec) {
        for (byte[] value : Codecs.small().values()) {
            byte[] payload = codec.encode(Bytes.of(value)).toArray();
            int step = Math.max(1, payload.length / 100);
            for (int size = 1; size < payload.length; size += step) {
                Bytes cut = Bytes.of(Arrays.copyOf(payload, size));
                CorruptPartdException e = assertThrows(CorruptPartdException.class, () -> codec.decode(cut), "" + size);
                assertEquals(codec.name(), e.file());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void moreBytesThanThePayloadAreRefused(ByteCodec codec) {
        byte[] payload =
                codec.encode(Bytes.of(Codecs.text(new Random(1), 1_000))).toArray();
        for (byte[] more : new byte[][] {{0}, {1, 2, 3, 4, 5}}) {
            Bytes longer = Bytes.of(Codecs.concat(payload, more));
            assertThrows(CorruptPartdException.class, () -> codec.decode(longer));
        }
    }

    /** A flipped bit is found, or changes nothing; where the format has no checksum, the size at least is right. */
    @ParameterizedTest
    @MethodSource("codecs")
    void aFlippedBitIsNeverAnotherValue(ByteCodec codec) {
        byte[] value = Codecs.text(new Random(2), 700);
        byte[] payload = codec.encode(Bytes.of(value)).toArray();
        int found = 0;
        for (int bit = 0; bit < 8 * payload.length; bit++) {
            byte[] flipped = payload.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                byte[] decoded = codec.decode(Bytes.of(flipped)).toArray();
                if (!Codecs.unchecked(codec)) assertTrue(Arrays.equals(value, decoded), "bit " + bit);
            } catch (CorruptPartdException e) {
                assertEquals(codec.name(), e.file());
                found++;
            }
        }
        assertTrue(found > (Codecs.unchecked(codec) ? 8 : 7 * payload.length), found + " of " + 8 * payload.length);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void bytesThatAreNotCompressedAreRefused(ByteCodec codec) {
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            Bytes noise = Bytes.of(Codecs.random(random, 16 + random.nextInt(500)));
            // Raw Snappy takes any bytes whose first few happen to be their decompressed length: too rare to meet here.
            assertThrows(CorruptPartdException.class, () -> codec.decode(noise));
        }
    }

    /** A payload may not decode to more than the limit, which is small here and 1 GiB outside of tests. */
    @ParameterizedTest
    @MethodSource("codecs")
    void aBombIsRefusedAtTheLimit(ByteCodec codec) {
        Bytes bomb = codec.encode(Bytes.of(new byte[3 << 20]));
        assertEquals(3 << 20, codec.decode(bomb, 3 << 20).size());
        assertThrows(CorruptPartdException.class, () -> codec.decode(bomb, (3 << 20) - 1));
        assertThrows(CorruptPartdException.class, () -> codec.decode(bomb, 1 << 10));
        assertThrows(CorruptPartdException.class, () -> codec.decode(bomb.slice(0, bomb.size() - 1)));
        assertThrows(CorruptPartdException.class, () -> codec.decode(bomb.slice(0, bomb.size() / 2)));
    }

    @Test
    void aValueBeyondTheLimitIsRefusedWhenWritten() {
        ByteBuffer mebibytes = ByteBuffer.allocate(64 << 20);
        Bytes tooMuch = Bytes.of(Stream.generate(() -> mebibytes).limit(17).toArray(ByteBuffer[]::new));
        assertThrows(IllegalArgumentException.class, () -> new SnappyCodec().encode(tooMuch));
    }

    @Test
    void sizesThatAFewBytesCannotDecodeToAreRefusedBeforeAnythingIsAllocated() {
        byte[] snappy = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x03, 0, 0};
        assertThrows(CorruptPartdException.class, () -> new SnappyCodec().decode(Bytes.of(snappy)));
        byte[] blosc = new BloscCodec(9).encode(Bytes.of(new byte[1_000])).toArray();
        ByteBuffer.wrap(blosc).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 1 << 30).putInt(8, 1 << 30);
        assertThrows(CorruptPartdException.class, () -> new BloscCodec(9).decode(Bytes.of(blosc)));
    }

    /** As {@code zstd} writes it from a pipe: without the content size, which is then not known beforehand. */
    @Test
    void zstdFramesWithoutContentSizeAreRead() throws IOException {
        byte[] value = Codecs.text(new Random(9), 300_000);
        GrowingOutput out = GrowingOutput.compressed(0);
        try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out)) {
            zstd.setChecksum(true);
            zstd.write(value);
        }
        assertEquals(Bytes.of(value), new ZstdCodec(3).decode(out.toBytes()));
        assertThrows(CorruptPartdException.class, () -> new ZstdCodec(3).decode(out.toBytes(), 100_000));
    }

    @Test
    void framesWithoutChecksumAreRefused() {
        Bytes zstd = Bytes.of(Zstd.compress(new byte[100]));
        CorruptPartdException e = assertThrows(CorruptPartdException.class, () -> new ZstdCodec(3).decode(zstd));
        assertEquals("the frame has no checksum of its content", e.reason());
        byte[] lz4 = new Lz4Codec(0).encode(Bytes.of(new byte[100])).toArray();
        lz4[4] &= ~4;
        assertThrows(CorruptPartdException.class, () -> new Lz4Codec(0).decode(Bytes.of(lz4)));
    }
}
