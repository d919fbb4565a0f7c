package io.partd.arrow.compression;

import io.partd.CorruptPartdException;
import io.partd.arrow.testing.GuardedMemory;
import io.partd.arrow.testing.SampleBlocks;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What other writers of LZ4 frames may choose. */
class Lz4FramesTest {
    private static final BufferCodec LZ4 = BufferCodec.of(CodecType.LZ4_FRAME);
    private static final byte[] ABC = "abcdefgh".getBytes(US_ASCII);

    private static String read(long length, byte[]... frames) {
        return new String(Coding.decompress(LZ4, Lz4Frames.buffer(length, frames)), US_ASCII);
    }

    private static void refused(String reason, long length, byte[]... frames) {
        CorruptPartdException e = assertThrows(CorruptPartdException.class, () -> read(length, frames));
        assertEquals("the LZ4_FRAME buffer", e.file());
        assertTrue(e.reason().contains(reason), e.reason());
    }

    private static byte[] frame(int flags) {
        return new Lz4Frames(flags, 0x40, 8).stored(ABC).end(ABC);
    }

    @ParameterizedTest
    @MethodSource("io.partd.arrow.compression.Lz4Frames#ofTheTool()")
    void framesOfTheToolAreRead(String name) throws IOException {
        byte[] content = Lz4Frames.content();
        byte[] buffer = Lz4Frames.buffer(content.length, Lz4Frames.ofTheTool(name));
        for (GuardedMemory from : GuardedMemory.values()) {
            for (GuardedMemory to : new GuardedMemory[] {GuardedMemory.DIRECT, GuardedMemory.HEAP}) {
                assertArrayEquals(content, Coding.decompress(LZ4, buffer, from, to), from + " to " + to);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"linked-checksums.lz4", "independent-checksums.lz4"})
    void aFlippedBitUnderAChecksumIsFound(String name) throws IOException {
        byte[] content = Lz4Frames.content();
        byte[] buffer = Lz4Frames.buffer(content.length, Lz4Frames.ofTheTool(name));
        for (int at = 0; at < buffer.length; at += at < 100 ? 1 : 5) {
            byte[] flipped = buffer.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            assertThrows(CorruptPartdException.class, () -> Coding.decompress(LZ4, flipped), name + " at " + at);
        }
    }

    @Test
    void flagsInEveryCombination() {
        for (int flags = 0; flags < 64; flags += 4) {
            if ((flags & 0x02) == 0) assertEquals("abcdefgh", read(8, frame(0x40 | flags)), "flags " + flags);
        }
    }

    @Test
    void severalFramesAndSkippableOnes() {
        byte[] frame = frame(Lz4Frames.INDEPENDENT);
        byte[] skipped = Lz4Frames.skippable(5);
        byte[] empty = new Lz4Frames(Lz4Frames.LINKED).end();
        assertEquals("abcdefghabcdefgh", read(16, skipped, frame, empty, skipped, frame, Lz4Frames.skippable(0)));
        assertEquals("", read(0, skipped, empty));
        refused("17 uncompressed bytes", 17, frame, frame);
        refused("it ends after", 8, frame, Lz4Frames.number(4, 0x184D2A50L), Lz4Frames.number(4, -1));
        refused("no frame starts with", 8, frame, Lz4Frames.number(4, 0x184C2102L));
        refused("it ends after 1 bytes", 8, frame, new byte[1]);
    }

    @Test
    void headersThatTheFormatDoesNotHave() {
        refused("dictionary", 8, frame(Lz4Frames.INDEPENDENT | Lz4Frames.DICTIONARY));
        refused("version 2", 8, frame(0xA0));
        refused("version 0", 8, frame(0x20));
        refused("reserved", 8, frame(Lz4Frames.INDEPENDENT | 0x02));
        byte[] header = frame(Lz4Frames.INDEPENDENT);
        header[6]++;
        refused("checksum of the LZ4 frame's header", 8, header);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x30, 0x80, 0xC0, 0x41})
    void blockSizesThatTheFormatDoesNotHave(int descriptor) {
        refused(
                "block size",
                8,
                new Lz4Frames(Lz4Frames.INDEPENDENT, descriptor, 0).stored(ABC).end());
    }

    @Test
    void contentSizes() {
        int flags = Lz4Frames.INDEPENDENT | Lz4Frames.CONTENT_SIZE;
        refused("claims 9 bytes", 8, new Lz4Frames(flags, 0x40, 9).stored(ABC).end());
        byte[] short7 = new Lz4Frames(flags, 0x40, 7).stored(ABC).end();
        refused("more bytes than they claim", 7, short7);
        refused("claims 7 bytes, and holds 8", 15, short7, frame(Lz4Frames.INDEPENDENT));
        refused(
                "claims 8 uncompressed",
                8,
                new Lz4Frames(flags, 0x40, 7).stored(ABC).end());
        refused(
                "claims 18446744073709551615",
                8,
                new Lz4Frames(flags, 0x40, -1).stored(ABC).end());
    }

    @Test
    void checksums() {
        byte[] content = new Lz4Frames(Lz4Frames.INDEPENDENT | Lz4Frames.CONTENT_CHECKSUM)
                .stored(ABC)
                .end(new byte[8]);
        refused("content does not match", 8, content);
        byte[] block = frame(Lz4Frames.INDEPENDENT | Lz4Frames.BLOCK_CHECKSUMS);
        block[block.length - 5]++;
        refused("block does not match", 8, block);
    }

    @Test
    void blocks() {
        byte[] large = new byte[65_537];
        refused(
                "a block of 65537 bytes",
                65_537,
                new Lz4Frames(Lz4Frames.INDEPENDENT).stored(large).end());
        assertEquals(
                65_537,
                read(65_537, new Lz4Frames(0x60, 0x50, 0).stored(large).end()).length());
        byte[] whole = new Lz4Frames(Lz4Frames.INDEPENDENT).stored(ABC).end();
        refused("a block of 8 bytes where 5 are left", 8, Arrays.copyOf(whole, whole.length - 7));
        assertEquals(
                "abcdefgh",
                read(8, new Lz4Frames(0x60).stored(new byte[0]).stored(ABC).end()));
        refused(
                "too early",
                20,
                new Lz4Frames(0x60).block(0x10, 'a').stored(ABC).end());
        refused(
                "more bytes than they claim",
                12,
                new Lz4Frames(0x60).stored(ABC).stored(ABC).end());
        refused(
                "cannot be decompressed",
                20,
                new Lz4Frames(0x60).stored(ABC).block(0x04, 8, 0, 0).end());
    }

    @Test
    void linkedBlocksReachBack() {
        // A match of 8 bytes, 8 back; literals "xy".
        assertEquals("abcdefghabcdefghxy", read(18, linked(0x04, 8, 0, 0x20, 'x', 'y')));
        // A match of 4, 2 back, that repeats its own output; a literal before it.
        assertEquals("abcdefghxhxhxy", read(14, linked(0x10, 'x', 2, 0, 0x10, 'y')));
        // 15 + 255 + 3 + 4 bytes, one back.
        assertEquals("abcdefgh" + "h".repeat(277), read(285, linked(0x0f, 1, 0, 255, 3, 0x00)));
    }

    private static byte[] linked(int... block) {
        return new Lz4Frames(Lz4Frames.LINKED).stored(ABC).block(block).end();
    }

    @Test
    void linkedBlocksThatReachTooFar() {
        refused("a match 9 bytes back", 18, linked(0x04, 9, 0, 0x20, 'x', 'y'));
        refused("a match 0 bytes back", 18, linked(0x04, 0, 0, 0x20, 'x', 'y'));
        // Not even into another frame.
        byte[] first = frame(Lz4Frames.LINKED);
        refused("a match 9 bytes back", 26, first, linked(0x04, 9, 0, 0x20, 'x', 'y'));
        refused("literals where", 18, linked(0x04, 8, 0, 0x30, 'x', 'y'));
        refused("within a sequence", 18, linked(0x04, 8, 0));
        refused("within a sequence", 18, linked(0x04, 8));
        refused("within a sequence", 18, linked(0xf0));
        refused("it holds more than 9 bytes", 17, linked(0x04, 8, 0, 0x20, 'x', 'y'));
        refused("too early", 19, linked(0x04, 8, 0, 0x20, 'x', 'y'));
    }

    /** What lz4-java compresses decodes to the same in the decoder of linked blocks, wherever the block lies. */
    @Test
    void theDecoderOfLinkedBlocksAgreesWithTheLibrary() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = SampleBlocks.bytes(random, 1 + random.nextInt(20_000));
            byte[] block = SampleBlocks.compress(bytes);
            byte[] frame =
                    new Lz4Frames(Lz4Frames.LINKED).stored(ABC).block(0, block).end();
            byte[] expected = Lz4Frames.concat(ABC, bytes);
            byte[] buffer = Lz4Frames.buffer(expected.length, frame);
            assertArrayEquals(expected, Coding.decompress(LZ4, buffer), "round " + round);
        }
    }

    /** Sequences that no compressor would choose, against a decoder that copies byte by byte. */
    @Test
    void theDecoderOfLinkedBlocksAgreesWithASimpleOne() {
        for (int seed = 0; seed < 2_000; seed++) {
            SampleBlocks block = new SampleBlocks(new Random(seed), ABC);
            byte[] frame = new Lz4Frames(Lz4Frames.LINKED)
                    .stored(ABC)
                    .block(0, block.compressed())
                    .end();
            byte[] buffer = Lz4Frames.buffer(block.content().length, frame);
            assertArrayEquals(block.content(), Coding.decompress(LZ4, buffer), "seed " + seed);
        }
    }
}
