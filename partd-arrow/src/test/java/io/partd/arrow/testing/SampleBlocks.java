package io.partd.arrow.testing;

import io.partd.arrow.compression.Lz4Frames;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;

/** A random LZ4 block that continues given bytes, with what it decompresses to. */
public final class SampleBlocks {
    private static final int MIN_MATCH = 4;
    private static final int LONG_LENGTH = 15;

    private final Random random;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private byte[] content;

    public SampleBlocks(Random random, byte[] before) {
        this.random = random;
        this.content = before;
        for (int i = random.nextInt(20); i > 0; i--) sequence();
        byte[] last = GuardedMemory.random(random, random.nextInt(100));
        writeLiterals(last, 0);
    }

    private void sequence() {
        byte[] literals = GuardedMemory.random(random, random.nextInt(random.nextBoolean() ? 4 : 300));
        int match = MIN_MATCH + random.nextInt(random.nextBoolean() ? 16 : 700);
        writeLiterals(literals, Math.min(LONG_LENGTH, match - MIN_MATCH));
        int most = random.nextBoolean() ? Math.min(content.length, 12) : content.length;
        int offset = 1 + random.nextInt(most);
        block.writeBytes(Lz4Frames.number(2, offset));
        writeLength(match - MIN_MATCH);
        byte[] longer = Arrays.copyOf(content, content.length + match);
        for (int i = content.length; i < longer.length; i++) longer[i] = longer[i - offset];
        content = longer;
    }

    private void writeLiterals(byte[] literals, int matchBits) {
        block.write(Math.min(LONG_LENGTH, literals.length) << 4 | matchBits);
        writeLength(literals.length);
        block.writeBytes(literals);
        content = Lz4Frames.concat(content, literals);
    }

    private void writeLength(int length) {
        int left = length - LONG_LENGTH;
        for (; left >= 255; left -= 255) block.write(255);
        if (left >= 0) block.write(left);
    }

    public byte[] compressed() {
        return block.toByteArray();
    }

    /** The given bytes and those of the block. */
    public byte[] content() {
        return content;
    }

    /** Noise, words, numbers or runs. */
    public static byte[] bytes(Random random, int size) {
        return switch (random.nextInt(4)) {
            case 0 -> GuardedMemory.random(random, size);
            case 1 -> GuardedMemory.text(random, size);
            case 2 -> GuardedMemory.numbers(random, size);
            default -> new byte[size];
        };
    }

    /** As lz4-java compresses it, one way or the other. */
    public static byte[] compress(byte[] bytes) {
        LZ4Factory factory = LZ4Factory.fastestInstance();
        return bytes.length % 2 == 0
                ? factory.fastCompressor().compress(bytes)
                : factory.highCompressor().compress(bytes);
    }
}
