package io.partd.file;

import java.io.IOException;

/**
 * How far a store has come, as a catalog needs to know it. {@link ControlFile} says what all processes tell each other;
 * a store that is only read may have to find it out from the files.
 */
interface StoreState {

    /**
     * A stamp for a snapshot: whatever was complete before this was called has one that is not greater, and whoever has
     * a stamp that is not greater has begun.
     */
    long stamp() throws IOException;

    /** Makes sure that stamps to come are greater than this one, which was found in a segment. */
    void advanceStamp(long stamp);

    /** Moves with every append or change that is complete. */
    long commits();

    /** Moves with every segment that is created. */
    long created();

    /** The generation of the manifest in force. */
    long generation() throws IOException;

    /** As {@link #generation}, without a system call; always the same where that is not to be had. */
    default long announcedGeneration() {
        return 0;
    }

    /**
     * Announces a manifest, which may be that of a drop whose process was killed. The generation is only ever raised:
     * somebody may have announced a later one meanwhile.
     */
    void raiseGeneration(long generation);

    /**
     * Has all others look at records that were found, unless their writers have announced them: those may be dead. Who
     * only reads tells nobody.
     *
     * @param seen what {@link #commits} was before they were looked for
     * @return the commits that need not be looked at again
     */
    default long announceFound(long seen) {
        return seen;
    }

    /** Has all others look for segments that were found, as {@link #announceFound} does for records. */
    default long announceFoundSegment(long seen) {
        return seen;
    }
}
