package io.partd.file;

import io.partd.log.Contents;
import io.partd.log.Manifest;
import io.partd.log.Medium;
import io.partd.log.SegmentLoader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * What one handle knows of its store, and how far that is up to date. {@link #refresh} reads on from where it was. Its
 * methods are called under its monitor, but for {@link #removals}.
 */
final class Catalog {
    private static final long NOT_LISTED = -1;
    private static final int MAX_VANISHED = 100;

    private final Medium medium;
    private final StoreState control;
    private final SegmentLoader loader;

    private Contents contents;
    /** The removals of the contents before these, and one for each that was forgotten. */
    private long earlierRemovals;

    private volatile long removals;

    private long generation = -1;
    private long commits = -1;
    private long created = NOT_LISTED;
    private boolean retired;
    private int vanished;

    /** A catalog that {@link #refresh} has to fill. */
    Catalog(Medium medium, StoreState control, SegmentLoader loader) {
        this.medium = medium;
        this.control = control;
        this.loader = loader;
        this.contents = new Contents(medium, loader, Manifest.NONE, List.of());
    }

    /**
     * Reads what was appended since the last time: every append that returned before this was called is in, each wholly
     * or not at all. Costs no system call where nothing was.
     */
    void refresh() throws IOException {
        if (generation == control.generation() && commits == control.commits()) return;
        boolean done = false;
        while (!done) {
            long commitsNow = control.commits(); // before the stamp: what is committed later is read next time
            long generationNow = control.generation(); // too, or the outputs of a compaction may be too new for it
            done = readOn(generationNow, control.stamp(), commitsNow) && !correctStamp();
        }
    }

    /** A record gets its stamp before it is written: the control file is wrong if it has not given that out. */
    private boolean correctStamp() throws IOException {
        if (loader.tooNew() <= control.stamp()) return false;
        control.advanceStamp(loader.tooNew());
        return true;
    }

    /** Reads on once, up to a stamp; false where the generation has moved meanwhile. */
    private boolean readOn(long generationNow, long snapshot, long commitsNow) throws IOException {
        boolean foundSegments;
        boolean foundRecords;
        try {
            if (generation != generationNow) reload();
            foundSegments = findSegments(snapshot);
            foundRecords = contents.readOn(snapshot);
        } catch (NoSuchFileException e) {
            generation = -1; // a half-read index is not to be used
            // a file may go after it was listed, when nothing in it counts: then the next list is without it
            boolean listed = created == NOT_LISTED;
            if (generationNow == control.generation() && (!listed || ++vanished > MAX_VANISHED)) throw e;
            return false;
        } catch (IOException | RuntimeException | Error e) {
            generation = -1; // nor after running out of memory in the middle of a record
            throw e;
        }
        vanished = 0;
        generation = generationNow;
        if (generationNow != control.generation()) return false;
        commits = announce(foundSegments, foundRecords, commitsNow);
        removals = earlierRemovals + contents.removals();
        contents.settle();
        return true;
    }

    private boolean findSegments(long snapshot) throws IOException {
        long createdNow = control.created();
        if (created == createdNow) return false;
        created = NOT_LISTED;
        boolean found = contents.find(snapshot);
        created = createdNow;
        return found;
    }

    /**
     * Whoever answers from a record that its writer has not announced, and perhaps never will, for he died, has all
     * others look at it before: nobody may deny later what somebody has said. Gives the commits that need not be looked
     * at again.
     */
    private long announce(boolean foundSegments, boolean foundRecords, long commitsNow) {
        if (foundSegments) created = control.announceFoundSegment(created);
        return foundSegments || foundRecords ? control.announceFound(commitsNow) : commitsNow;
    }

    /**
     * Begins anew, for a new manifest is in force; announces it, as its maker may have died before he could, or is
     * about to.
     */
    private void reload() throws IOException {
        Manifest manifest = Manifest.load(medium);
        control.advanceStamp(manifest.lastStamp()); // what is older than a drop does not count
        if (manifest.generation() > control.generation()) control.raiseGeneration(manifest.generation());
        forget(new Contents(medium, loader, manifest, contents.segments()));
    }

    /** Lets go of what was read of an older generation; {@link #refresh} reads all that counts. */
    void forgetReplaced() throws IOException {
        if (isForgotten() || generation == control.generation()) return;
        forget(new Contents(medium, loader, Manifest.NONE, List.of()));
        generation = -1;
    }

    /** Whether nothing is known, and a {@link #refresh} will read all. */
    boolean isForgotten() {
        return generation == -1;
    }

    private void forget(Contents next) {
        earlierRemovals += contents.removals() + 1; // what the new ones lack may have been dropped
        retired |= !contents.segments().isEmpty();
        contents = next;
        created = NOT_LISTED;
    }

    /**
     * Reads all there is, whatever its stamp, and makes sure that stamps and generations to come are greater. For a
     * control file that knows nothing of the segments, while no other handle is opened.
     */
    void rebuildControl() throws IOException {
        control.raiseGeneration(Manifest.load(medium).generation());
        readOn(control.generation(), Long.MAX_VALUE, control.commits());
        control.advanceStamp(Math.max(contents.lastStamp(), contents.manifest().lastStamp()));
    }

    /** The generation that the contents are of. */
    long generation() {
        return generation;
    }

    /** Whether the segments' maps of an older generation may keep room that was given back; asking forgets it. */
    boolean takeRetired() {
        boolean was = retired;
        retired = false;
        return was;
    }

    /** Grows when a delete is taken in, and with each generation. Needs no monitor. */
    long removals() {
        return removals;
    }

    /** What was read, whether it can be relied on or not. */
    Contents contents() {
        return contents;
    }

    /** What was read, unless some segment cannot be. */
    Contents readable() {
        contents.checkReadable();
        return contents;
    }
}
