package io.partd;

/** Makes stores, which nest: a byte store goes into the next one. Meant for {@code import static}. */
public final class Partds {
    private Partds() {}

    /**
     * Returns a store in memory, empty and of no limit but the heap's; it is gone with the process. Several threads may use it at once.
     * Many small appends are kept compactly, and read without a copy.
     */
    public static Partd<Bytes> dict() {
        return new DictPartd();
    }
}
