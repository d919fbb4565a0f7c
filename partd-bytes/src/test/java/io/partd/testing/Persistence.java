package io.partd.testing;

/** What another handle on the same directory sees of a store. */
public enum Persistence {
    /** Nothing: the store lives in memory. */
    NONE,
    /** Everything, once the first handle is flushed or closed. */
    FLUSHED,
    /** Everything, at once: several handles and processes may use the store together. */
    SHARED;

    public boolean persists() {
        return this != NONE;
    }
}
