package io.partd.marks;

/** The right to be the only server of a store; it ends with the process, too. */
public interface Claim extends AutoCloseable {
    /** Says anew who has it. */
    void heldBy(String who);

    /** Gives it back. A second call does nothing. */
    @Override
    void close();
}
