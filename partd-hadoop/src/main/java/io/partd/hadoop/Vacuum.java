package io.partd.hadoop;

import io.partd.log.Generation;
import io.partd.log.IndexPart;
import io.partd.log.SealedSegment;
import io.partd.log.SegmentFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;

/**
 * Removes what nothing names that counts, or counted not long ago. First those manifests that are old, oldest first, so
 * that no number is left out; then what none of those that stay names. For one thread.
 */
final class Vacuum {
    private final HadoopMedium medium;
    private final long before;
    private final Set<String> needed = new HashSet<>();
    private int removed;

    /** A vacuum of what was written before this moment, in milliseconds since 1970. */
    Vacuum(HadoopMedium medium, long before) {
        this.medium = medium;
        this.before = before;
    }

    /** Gives the number of files that were removed. */
    int run() throws IOException {
        StoreHead head = StoreHead.load(medium);
        if (head.numbered().isEmpty()) return 0; // a local store, whose own compaction does this
        List<FileStatus> files = medium.statuses(); // after the look at the manifest: what it names is there
        medium.hint(head.generation());
        List<Generation> kept = removeManifests(head.numbered().get(), files);
        for (Generation generation : kept) need(generation);
        for (FileStatus file : files) {
            String name = file.getPath().getName();
            if (isOurs(name) && !needed.contains(name) && isOld(file)) remove(name);
        }
        return removed;
    }

    /** Removes those that were followed by another long ago; gives the others. */
    private List<Generation> removeManifests(Generation latest, List<FileStatus> files) throws IOException {
        SortedMap<Long, FileStatus> manifests = new TreeMap<>();
        for (FileStatus file : files) {
            OptionalLong number = SegmentFormat.numberOf(file.getPath().getName());
            if (number.isPresent()) manifests.put(number.getAsLong(), file);
        }
        List<Generation> kept = new ArrayList<>(List.of(latest));
        for (long number : manifests.headMap(latest.number()).keySet()) {
            FileStatus next = manifests.get(number + 1);
            String name = SegmentFormat.NUMBERED + number;
            if (kept.size() == 1 && (next == null || isOld(next))) remove(name);
            else medium.loadIfThere(name).ifPresent(whole -> kept.add(Generation.decode(whole, medium.describe(name))));
        }
        return kept;
    }

    private void need(Generation generation) throws IOException {
        for (IndexPart part : generation.parts()) {
            if (!needed.add(part.name())) continue;
            for (SealedSegment segment : part.decode(medium.load(part.name()), medium.describe(part.name()))
                    .segments()) {
                needed.add(segment.name());
            }
        }
    }

    private static boolean isOurs(String name) {
        return SegmentFormat.isSegment(name)
                || SegmentFormat.isSidecar(name)
                || SegmentFormat.isIndex(name)
                || SegmentFormat.isTemporary(name);
    }

    private boolean isOld(FileStatus file) {
        return file.getModificationTime() <= before;
    }

    private void remove(String name) throws IOException {
        medium.delete(name);
        removed++;
    }
}
