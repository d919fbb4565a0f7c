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

    /**
     * Returns a store that appends to the fast one, usually {@link #dict}, and moves the largest keys to the slow one when values of more than {@code
     * limitBytes} are in memory; a key's value is what both hold, in order. The memory used is at most the limit and the one append that is being
     * made; an append larger than the limit goes to the slow store directly. What is only in memory dies with the process: {@code flush} and
     * {@code close} move all of it. Heads are written to the slow store at once, under its lock. Several threads may use
     * it at once, and readers wait for no move; nobody else may write to the fast store, and whoever wants to keep others out takes this store's
     * {@code lock}, not the slow store's. Closing it closes both.
     *
     * <p>A failure of the slow store fails the append or flush that was making room; what could not be moved stays, is read, and is moved
     * first next time. Where the slow store had taken it all the same, this is noticed, and it is not written twice, unless another process appended to
     * the same keys in between.
     *
     * @param limitBytes how many bytes of values to keep in memory; 0 sends everything straight to the slow store
     * @throws IllegalArgumentException if the limit is negative, or both stores are the same
     */
    public static Partd<Bytes> buffer(Partd<Bytes> fast, Partd<Bytes> slow, long limitBytes) {
        return new BufferPartd(fast, slow, limitBytes);
    }
}
