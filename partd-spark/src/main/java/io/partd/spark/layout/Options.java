package io.partd.spark.layout;

import io.partd.arrow.Partitioner;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.spark.network.util.ByteUnit;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** What a user says of a write or a read; what is wrong with it names the option. Immutable. */
public record Options(CaseInsensitiveStringMap all) {
    public static final String PARTITIONER = "partitioner";
    private static final String PATH = "path";
    public static final String MEMORY = "memory";
    private static final String SHUFFLE = "shuffle";
    private static final String COMPRESSION = "compression";
    private static final String JOB_ID = "jobId";
    private static final String SPLIT_BYTES = "splitBytes";
    private static final long DEFAULT_MEMORY = 64 << 20;
    private static final long MIN_MEMORY = 1 << 20;
    private static final long MAX_MEMORY = 1 << 30;

    public static Options of(Map<String, String> all) {
        return new Options(new CaseInsensitiveStringMap(all));
    }

    /** Where the store is. */
    public String path() {
        return text(PATH)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no path of a store is named: use load(path), save(path) or option(\"path\", ..)"));
    }

    /** What a store that is made is partitioned by. */
    public Optional<Partitioner> partitioner() {
        return text(PARTITIONER).map(text -> parsed(PARTITIONER, text, Partitioner::parse));
    }

    /** How many bytes of rows a task keeps in memory, about. */
    public long memory() {
        long bytes = size(MEMORY, DEFAULT_MEMORY);
        if (bytes >= MIN_MEMORY && bytes <= MAX_MEMORY) return bytes;
        throw new IllegalArgumentException("option \"" + MEMORY + "\" is " + bytes + " bytes: use 1m to 1g");
    }

    /** Whether Spark brings the rows of each part together before they are written. */
    public boolean shuffle() {
        return parsed(SHUFFLE, text(SHUFFLE).orElse("false"), Options::bool);
    }

    /** The codec of the buffers of batches. */
    public CodecType compression() {
        String name = text(COMPRESSION).orElse("none").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "none" -> CodecType.NO_COMPRESSION;
            case "lz4" -> CodecType.LZ4_FRAME;
            case "zstd" -> CodecType.ZSTD;
            default ->
                throw new IllegalArgumentException(
                        "option \"" + COMPRESSION + "\" is \"" + name + "\": use none, lz4 or zstd");
        };
    }

    /** The name of the job, under which it is committed once; whoever gives none gets a new one with each write. */
    public Optional<String> jobId() {
        return text(JOB_ID);
    }

    /** How many bytes of a key a task reads at most, where keys may be split. */
    public long splitBytes(long ofSpark) {
        long bytes = size(SPLIT_BYTES, ofSpark);
        if (bytes > 0) return bytes;
        throw new IllegalArgumentException(
                "option \"" + SPLIT_BYTES + "\" is " + bytes + ": use a positive number of bytes");
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(all.get(name));
    }

    private long size(String name, long otherwise) {
        return text(name)
                .map(text -> parsed(name, text, size -> JavaUtils.byteStringAs(size, ByteUnit.BYTE)))
                .orElse(otherwise);
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private interface Parser<T> {
        T parse(String text);
    }

    private static <T> T parsed(String name, String text, Parser<T> parser) {
        try {
            return parser.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option \"" + name + "\" is \"" + text + "\": " + e.getMessage(), e);
        }
    }
}
