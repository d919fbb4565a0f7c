package io.partd.benchmarks.peers;

/** What the machine allows, without keys, index or checksums. */
public enum Limit {
    /** A new file, from direct buffers of 1 MiB. */
    WRITE("write 1 MiB direct"),
    /** The same by two threads, a file each. */
    WRITE_BY_TWO("write 1 MiB direct, 2 threads"),
    /** A file, into one direct buffer of 1 MiB, again and again. */
    READ("read 1 MiB direct"),
    /** One file for each key, each into a fresh array. */
    ARRAYS("files to arrays"),
    /** A checksum of each 64 KiB of memory that the caches do not hold. */
    CRC32C("CRC32C"),
    /** A copy of each 64 KiB of such memory into an array that was there before. */
    COPY("copy of arrays");

    private final String label;

    Limit(String label) {
        this.label = label;
    }

    /** Of the two threads that write, or the one that does all else. */
    int threads() {
        return this == WRITE_BY_TWO ? 2 : 1;
    }

    @Override
    public String toString() {
        return label;
    }
}
