package io.partd;

import io.partd.codec.BloscCodec;
import io.partd.codec.ByteCodec;
import io.partd.codec.Bz2Codec;
import io.partd.codec.CodecPartd;
import io.partd.codec.EncodedPartd;
import io.partd.codec.Lz4Codec;
import io.partd.codec.ObjectsEncoding;
import io.partd.codec.SnappyCodec;
import io.partd.codec.ZlibCodec;
import io.partd.codec.ZstdCodec;
import io.partd.memory.BufferPartd;
import io.partd.memory.DictPartd;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes stores; meant for {@code import static}. All of them are safe for several threads.
 *
 * <p>The codecs and encodings wrap a store of bytes: closing the outer store closes the inner one. Each appended value
 * becomes frames of its own, a frame being the payload's length in 8 bytes, little-endian, and the payload, as Python's
 * partd writes them. A value without bytes takes no room. What cannot be decoded is a {@link CorruptPartdException}
 * that names the key, the codec and the offset; this is also what reading through a codec gives where the store was
 * written without it, or through another.
 */
public final class Partds {
    static {
        ProgressDisplays.load();
    }

    private Partds() {}

    /**
     * Returns a store in memory, empty and of no limit but the heap's; it is gone with the process. Several threads may
     * use it at once. Many small appends are kept compactly, and read without a copy.
     */
    public static Partd<Bytes> dict() {
        return new DictPartd();
    }

    /**
     * Opens the store in a directory, which is made where it does not exist. Any number of threads, handles and
     * processes of one machine may use it at once.
     *
     * @throws java.io.UncheckedIOException if the path is a file, may not be written, or holds a store of a newer
     *     format
     */
    public static FilePartd file(Path directory) {
        return file(directory, FileOptions.defaults());
    }

    /** Opens the store in a directory as {@link #file(Path)} does. */
    public static FilePartd file(String directory) {
        return file(Path.of(directory));
    }

    /** Opens the store in a directory as {@link #file(Path)} does, with options for what this handle writes. */
    public static FilePartd file(Path directory, FileOptions options) {
        return FilePartd.open(directory, options);
    }

    /**
     * Opens a new store in a directory of its own below {@code java.io.tmpdir}, which is removed when the store is
     * closed and when the JVM exits. What a killed process has left there is removed by the next call.
     */
    public static FilePartd tempFile() {
        return tempFile(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Opens a new store in a directory of its own below {@code parent}, as {@link #tempFile()} does. */
    public static FilePartd tempFile(Path parent) {
        return FilePartd.openTemporary(parent);
    }

    /**
     * Returns a store that appends to the fast one, usually {@link #dict}, and moves the largest keys to the slow one
     * when values of more than {@code limitBytes} are in memory; a key's value is what both hold, in order. The memory
     * used is at most the limit and the one append that is being made; an append larger than the limit goes to the slow
     * store directly. What is only in memory dies with the process: {@code flush} and {@code close} move all of it.
     * Heads are written to the slow store at once, under its lock. Several threads may use it at once, and readers wait
     * for no move; nobody else may write to the fast store, and whoever wants to keep others out takes this store's
     * {@code lock}, not the slow store's. Closing it closes both.
     *
     * <p>A failure of the slow store fails the append or flush that was making room; what could not be moved stays, is
     * read, and is moved first next time. Where the slow store had taken it all the same, this is noticed, and it is
     * not written twice, unless another process appended to the same keys in between.
     *
     * @param limitBytes how many bytes of values to keep in memory; 0 sends everything straight to the slow store
     * @throws IllegalArgumentException if the limit is negative, or both stores are the same
     */
    public static Partd<Bytes> buffer(Partd<Bytes> fast, Partd<Bytes> slow, long limitBytes) {
        return new BufferPartd(fast, slow, limitBytes);
    }

    /** Returns a store of values over a store of bytes; {@code encoding} turns one into the other. */
    public static <V> Partd<V> encode(Encoding<V> encoding, Partd<Bytes> store) {
        return new EncodedPartd<>(store, encoding, encoding.getClass().getName());
    }

    /**
     * Returns a store that compresses with Snappy (raw block format): fast, light, without a checksum of its own.
     * Python's {@code partd.Snappy} reads it.
     */
    public static Partd<Bytes> snappy(Partd<Bytes> store) {
        return codec(new SnappyCodec(), store);
    }

    /**
     * Returns a store that compresses with zlib (RFC 1950) at its default level. Python's {@code partd.ZLib} reads it.
     */
    public static Partd<Bytes> zlib(Partd<Bytes> store) {
        return zlib(store, ZlibCodec.DEFAULT_LEVEL);
    }

    /**
     * Returns a store that compresses with zlib (RFC 1950).
     *
     * @param level 0 (stored) to 9 (smallest), or -1 for the default, which is about 6
     * @throws IllegalArgumentException if there is no such level
     */
    public static Partd<Bytes> zlib(Partd<Bytes> store, int level) {
        return codec(new ZlibCodec(level), store);
    }

    /** Returns a store that compresses with bzip2 at level 9: small, and slow. Python's {@code partd.BZ2} reads it. */
    public static Partd<Bytes> bz2(Partd<Bytes> store) {
        return bz2(store, Bz2Codec.DEFAULT_LEVEL);
    }

    /**
     * Returns a store that compresses with bzip2.
     *
     * @param level 1 to 9 (smallest): the size of the blocks that are sorted, in units of 100,000 bytes
     * @throws IllegalArgumentException if there is no such level
     */
    public static Partd<Bytes> bz2(Partd<Bytes> store, int level) {
        return codec(new Bz2Codec(level), store);
    }

    /**
     * Returns a store that compresses with Blosc (format 1: blosclz, bytes shuffled as items of 8) at level 9: good for
     * arrays of numbers, without a checksum of its own. Python's {@code partd.Blosc} reads it.
     *
     * @throws UnsupportedOperationException if there is no native library for this platform: there is for x86-64 Linux,
     *     macOS and Windows
     */
    public static Partd<Bytes> blosc(Partd<Bytes> store) {
        return blosc(store, BloscCodec.DEFAULT_LEVEL);
    }

    /**
     * Returns a store that compresses with Blosc, as {@link #blosc(Partd)} says.
     *
     * @param level 0 (stored) to 9 (smallest)
     * @throws IllegalArgumentException if there is no such level
     * @throws UnsupportedOperationException if there is no native library for this platform
     */
    public static Partd<Bytes> blosc(Partd<Bytes> store, int level) {
        return codec(new BloscCodec(level), store);
    }

    /** Returns a store that compresses with LZ4 (frame format, with content size and checksum) at its fastest. */
    public static Partd<Bytes> lz4(Partd<Bytes> store) {
        return lz4(store, Lz4Codec.DEFAULT_LEVEL);
    }

    /**
     * Returns a store that compresses with LZ4 (frame format, with content size and checksum).
     *
     * @param level 0 for the fast compressor, or 1 to 17 (smallest) for the high-compression one
     * @throws IllegalArgumentException if there is no such level
     */
    public static Partd<Bytes> lz4(Partd<Bytes> store, int level) {
        return codec(new Lz4Codec(level), store);
    }

    /**
     * Returns a store that compresses with Zstandard (RFC 8878, with content size and checksum) at level 3: the best
     * ratio for its speed.
     */
    public static Partd<Bytes> zstd(Partd<Bytes> store) {
        return zstd(store, ZstdCodec.DEFAULT_LEVEL);
    }

    /**
     * Returns a store that compresses with Zstandard (RFC 8878, with content size and checksum).
     *
     * @param level -7 (fastest) to 22 (smallest)
     * @throws IllegalArgumentException if there is no such level
     */
    public static Partd<Bytes> zstd(Partd<Bytes> store, int level) {
        return codec(new ZstdCodec(level), store);
    }

    /**
     * Returns a store of lists of objects, in the Java format of Apache Fory. Appended lists are joined to one, in
     * order; a list that was read is the caller's. Strings, boxed values, {@code java.time} and the JDK's common
     * collections need no registration. Objects may refer to each other, in cycles too, and nest up to 16,000 deep.
     *
     * @param classes the other classes that may occur, nested ones and enums included. What is stored names a class by
     *     its place here: give the same classes in the same order to read it, and add new ones at the end. A class
     *     whose fields have changed is refused when read
     * @throws IllegalArgumentException if a class is given twice; by {@code append}, if an object's class is not among
     *     them
     */
    public static <T> Partd<List<T>> objects(Partd<Bytes> store, Class<?>... classes) {
        return new EncodedPartd<>(store, new ObjectsEncoding<>(classes), ObjectsEncoding.NAME);
    }

    private static Partd<Bytes> codec(ByteCodec codec, Partd<Bytes> store) {
        return new CodecPartd(store, codec, codec.name());
    }
}
