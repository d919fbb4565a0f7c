package io.partd.arrow.compression;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jpountz.xxhash.XXHashFactory;

/** Builds LZ4 frames by hand, and gives those that the lz4 tool made: whatever the codec itself never writes. */
public final class Lz4Frames {
    static final int LINKED = 0x40;
    static final int INDEPENDENT = 0x60;
    static final int BLOCK_CHECKSUMS = 0x10;
    static final int CONTENT_SIZE = 0x08;
    static final int CONTENT_CHECKSUM = 0x04;
    static final int DICTIONARY = 0x01;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int flags;

    /** Starts a frame; the size is written if the flags say that there is one. */
    Lz4Frames(int flags, int blockDescriptor, long contentSize) {
        this.flags = flags;
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(flags);
        header.write(blockDescriptor);
        if ((flags & CONTENT_SIZE) != 0) header.writeBytes(number(8, contentSize));
        if ((flags & DICTIONARY) != 0) header.writeBytes(number(4, 1));
        out.writeBytes(number(4, 0x184D2204L));
        out.writeBytes(header.toByteArray());
        out.write(hash(header.toByteArray()) >> 8);
    }

    /** A frame of blocks of up to 64 KiB. */
    Lz4Frames(int flags) {
        this(flags, 0x40, 0);
    }

    Lz4Frames block(int... bytes) {
        return block(0, bytes(bytes));
    }

    Lz4Frames stored(byte[] bytes) {
        return block(1 << 31, bytes);
    }

    Lz4Frames block(int flag, byte[] bytes) {
        out.writeBytes(number(4, bytes.length | flag));
        out.writeBytes(bytes);
        if ((flags & BLOCK_CHECKSUMS) != 0) out.writeBytes(number(4, hash(bytes)));
        return this;
    }

    byte[] end(byte[] content) {
        out.writeBytes(number(4, 0));
        if ((flags & CONTENT_CHECKSUM) != 0) out.writeBytes(number(4, hash(content)));
        return out.toByteArray();
    }

    byte[] end() {
        return end(new byte[0]);
    }

    private static int hash(byte[] bytes) {
        return XXHashFactory.safeInstance().hash32().hash(bytes, 0, bytes.length, 0);
    }

    static byte[] skippable(int count) {
        return concat(number(4, 0x184D2A53L), number(4, count), new byte[count]);
    }

    public static byte[] number(int size, long number) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) bytes[i] = (byte) (number >> 8 * i);
        return bytes;
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return bytes;
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }

    /** The form of an IPC buffer: the uncompressed length, then frames. */
    public static byte[] buffer(long length, byte[]... frames) {
        ByteBuffer prefix =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        return concat(prefix.array(), concat(frames));
    }

    /** The frames that lie in the resources, all of {@link #content}. */
    static List<String> ofTheTool() {
        return List.of("linked.lz4", "linked-checksums.lz4", "independent-checksums.lz4", "one-block.lz4");
    }

    static byte[] ofTheTool(String name) throws IOException {
        try (InputStream in = Lz4Frames.class.getResourceAsStream("/lz4/" + name)) {
            return in.readAllBytes();
        }
    }

    /** As make.sh beside the resources makes it: three blocks of 64 KiB that have much in common. */
    static byte[] content() {
        StringBuilder text = new StringBuilder();
        for (long i = 0; i < 30_000; i++) text.append(i * i % 997).append(',');
        text.insert(70_000, "z".repeat(20_000));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
