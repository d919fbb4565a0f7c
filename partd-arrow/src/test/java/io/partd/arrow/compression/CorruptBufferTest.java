package io.partd.arrow.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.partd.CorruptPartdException;
import io.partd.arrow.testing.GuardedMemory;
import io.partd.arrow.testing.SampleBlocks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Broken buffers end in the error, or in as many bytes as they claim: neither format has to have a checksum. */
@Tag("slow")
@Tag("once")
class CorruptBufferTest {
    private static final BufferCodec ZSTD = BufferCodec.of(CodecType.ZSTD);

    /** Small buffers in every form that the codec reads; each has a length that its bytes justify. */
    static List<byte[]> small(BufferCodec codec) {
        List<byte[]> small = new ArrayList<>();
        for (byte[] value : List.of(
                GuardedMemory.text(new Random(1), 300), GuardedMemory.numbers(new Random(2), 400), new byte[999])) {
            small.add(Coding.compress(codec, value));
        }
        if (codec.type() == CodecType.ZSTD) small.add(Lz4Frames.buffer(300, Zstd.compress(new byte[300])));
        else small.addAll(smallLz4());
        return small;
    }

    private static List<byte[]> smallLz4() {
        List<byte[]> small = new ArrayList<>();
        for (int flags : new int[] {Lz4Frames.LINKED, Lz4Frames.LINKED | 0x1c, Lz4Frames.INDEPENDENT | 0x14}) {
            boolean linked = (flags & 0x20) == 0;
            byte[] start = GuardedMemory.text(new Random(3), 50);
            SampleBlocks block = new SampleBlocks(new Random(4), linked ? start : new byte[] {1});
            byte[] content = linked ? block.content() : start;
            Lz4Frames frame = new Lz4Frames(flags, 0x40, content.length).stored(start);
            if (linked) frame.block(0, block.compressed());
            small.add(Lz4Frames.buffer(content.length, Lz4Frames.skippable(3), frame.end(content)));
        }
        return small;
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void cutAnywhere(BufferCodec codec) {
        for (byte[] buffer : small(codec)) {
            int size = Coding.decompress(codec, buffer).length;
            for (int cut = 0; cut < buffer.length; cut++) {
                byte[] start = Arrays.copyOf(buffer, cut);
                for (GuardedMemory memory : new GuardedMemory[] {GuardedMemory.DIRECT, GuardedMemory.HEAP}) {
                    CorruptPartdException e = assertThrows(
                            CorruptPartdException.class, () -> Coding.decompress(codec, start, memory, memory, size));
                    assertEquals("the " + codec.type() + " buffer", e.file());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void everyByteChangedToEveryOther(BufferCodec codec) {
        for (byte[] buffer : small(codec)) {
            int found = 0;
            for (int at = 0; at < buffer.length; at++) {
                for (int change = 1; change < 256; change++) {
                    byte[] broken = buffer.clone();
                    broken[at] ^= (byte) change;
                    // Direct memory is slow to allocate.
                    GuardedMemory memory = change % 32 == 1 ? GuardedMemory.DIRECT : GuardedMemory.HEAP;
                    if (isRefused(codec, broken, memory)) found++;
                }
            }
            // All of the prefix, at the least.
            assertTrue(found >= 8 * 255, found + " of " + 255 * buffer.length + " changes found");
        }
    }

    private static boolean isRefused(BufferCodec codec, byte[] buffer, GuardedMemory memory) {
        try {
            Coding.decompress(codec, buffer, memory, memory);
            return false;
        } catch (CorruptPartdException e) {
            assertEquals("the " + codec.type() + " buffer", e.file());
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void lengthsThatTheFramesCannotHaveAreRefusedBeforeAnythingIsAllocated(BufferCodec codec) {
        byte[] frame = Coding.compress(codec, new byte[1_000]);
        frame = Arrays.copyOfRange(frame, 8, frame.length);
        for (long length : new long[] {1_001, 1 << 30, 1L << 40, Long.MAX_VALUE, -2, Long.MIN_VALUE}) {
            byte[] buffer = Lz4Frames.buffer(length, frame);
            assertThrows(
                    CorruptPartdException.class,
                    () -> codec.uncompressedLength(GuardedMemory.HEAP.of(buffer)),
                    "" + length);
        }
    }

    /** That a frame's header says so too makes a length no truer. */
    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void framesThatClaimMoreThanTheirBlocksHoldAreRefused(BufferCodec codec) {
        long claim = 1 << 30;
        byte[] zstd = Lz4Frames.concat(
                Lz4Frames.number(4, 0xFD2FB528L),
                Lz4Frames.bytes(0xE0),
                Lz4Frames.number(8, claim),
                Lz4Frames.bytes(0x19, 0, 0, 1, 2, 3));
        byte[] lz4 = new Lz4Frames(Lz4Frames.INDEPENDENT | Lz4Frames.CONTENT_SIZE, 0x40, claim)
                .stored(new byte[3])
                .end();
        byte[] buffer = Lz4Frames.buffer(claim, codec.type() == CodecType.ZSTD ? zstd : lz4);
        CorruptPartdException e = assertThrows(
                CorruptPartdException.class, () -> codec.uncompressedLength(GuardedMemory.HEAP.of(buffer)));
        assertTrue(e.reason().endsWith("its blocks hold at most 3"), e.reason());
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Coding#defaults")
    void aTargetOfAnotherSizeIsRefused(BufferCodec codec) {
        for (byte[] buffer : List.of(Coding.compress(codec, new byte[1_000]), Lz4Frames.buffer(-1, new byte[1_000]))) {
            for (int size : new int[] {0, 999, 1_001}) {
                CorruptPartdException e = assertThrows(
                        CorruptPartdException.class,
                        () -> Coding.decompress(codec, buffer, GuardedMemory.DIRECT, GuardedMemory.DIRECT, size));
                assertEquals("it has 1000 uncompressed bytes: expected " + size, e.reason());
            }
        }
    }

    /** As streaming writers make them: without the content size, in frames one after the other. */
    @Test
    void zstandardFramesOfOtherWriters() throws IOException {
        byte[] value = GuardedMemory.text(new Random(5), 300_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out)) {
            zstd.setChecksum(true);
            zstd.write(value);
        }
        byte[] streamed = out.toByteArray();
        byte[] skipped = Lz4Frames.skippable(7);
        byte[] two = Lz4Frames.buffer(600_000, streamed, skipped, Zstd.compress(value));
        assertArrayEquals(Lz4Frames.concat(value, value), Coding.decompress(ZSTD, two));
        streamed[1_000] ^= 1;
        byte[] flipped = Lz4Frames.buffer(300_000, streamed);
        assertThrows(CorruptPartdException.class, () -> Coding.decompress(ZSTD, flipped));
    }

    /** The library knows formats of before the standard, which never were in an Arrow buffer. */
    @ParameterizedTest
    @ValueSource(longs = {0x1EB52FFDL, 0xFD2FB522L, 0xFD2FB527L, 0xEC30A437L})
    void otherMagicNumbersOfZstandardAreRefused(long magic) {
        byte[] buffer = Lz4Frames.buffer(10, Lz4Frames.number(4, magic), new byte[100]);
        CorruptPartdException e = assertThrows(CorruptPartdException.class, () -> Coding.decompress(ZSTD, buffer));
        assertTrue(e.reason().startsWith("no frame starts with"), e.reason());
    }

    /** A megabyte of zeros in a few bytes is no attack: so do columns of nulls look. */
    @Test
    void runsAreReadHoweverSmallTheyAre() {
        byte[] zeros = new byte[8 << 20];
        byte[] compressed = Coding.compress(ZSTD, zeros);
        assertTrue(compressed.length < 1_000, "" + compressed.length);
        assertArrayEquals(zeros, Coding.decompress(ZSTD, compressed));
    }
}
