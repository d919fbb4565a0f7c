package io.partd.file;

import io.partd.CorruptPartdException;
import io.partd.base.Log;
import io.partd.log.Generation;
import io.partd.log.IndexPart;
import io.partd.log.Manifest;
import io.partd.log.Medium;
import io.partd.log.SealedSegment;
import io.partd.log.SegmentFormat;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What commits on another medium have made of a store that was copied from there: numbered manifests, the indexes that
 * they name, the segments that these have. Under the store's lock.
 */
final class CommittedElsewhere {
    private final Medium medium;
    private final Manifest inForce;

    CommittedElsewhere(Medium medium, Manifest inForce) {
        this.medium = medium;
        this.inForce = inForce;
    }

    /**
     * Removes what is present of it, where the manifest in force was made here and needs nothing of it, as after a drop
     * or a compaction; these indexes too, which counted before. What cannot be read, or deleted, is no reason to fail:
     * it does not count.
     */
    void remove(Collection<String> present, List<IndexPart> before) {
        if (inForce.closed() || !inForce.parts().isEmpty()) return;
        try {
            SortedMap<Long, String> numbered = numbered(present);
            Set<IndexPart> indexes = new HashSet<>(before);
            for (String name : numbered.values()) indexes.addAll(indexesOf(name));
            for (IndexPart index : indexes) remove(index);
            if (!numbered.isEmpty()) medium.delete(SegmentFormat.LATEST);
            for (String name : numbered.values()) medium.delete(name); // the oldest first: no number is left out
        } catch (IOException e) {
            Log.get()
                    .log(
                            Level.WARNING,
                            "could not remove what was committed elsewhere, which does not count any more",
                            e);
        }
    }

    /** The manifests that came before the one in force, by their numbers. */
    private SortedMap<Long, String> numbered(Collection<String> present) {
        SortedMap<Long, String> all = new TreeMap<>();
        for (String name : present) {
            OptionalLong number = SegmentFormat.numberOf(name);
            if (number.isPresent() && number.getAsLong() < inForce.generation()) all.put(number.getAsLong(), name);
        }
        return all;
    }

    private List<IndexPart> indexesOf(String manifest) throws IOException {
        try {
            return Generation.decode(medium.load(manifest), medium.describe(manifest))
                    .parts();
        } catch (CorruptPartdException e) {
            Log.get().log(Level.DEBUG, "what it names is left", e);
            return List.of();
        }
    }

    private void remove(IndexPart index) throws IOException {
        try {
            for (SealedSegment segment : index.decode(medium.load(index.name()), medium.describe(index.name()))
                    .segments()) {
                if (SegmentFormat.isWrittenElsewhere(segment.name())) medium.delete(segment.name());
            }
        } catch (CorruptPartdException | NoSuchFileException e) {
            Log.get().log(Level.DEBUG, "the segments that it names are left", e);
        }
        medium.delete(index.name());
    }
}
