package io.partd.hadoop;

import io.partd.log.Compaction;
import io.partd.log.Contents;
import io.partd.log.Generation;
import io.partd.log.IndexPart;
import io.partd.log.SegmentFormat;
import io.partd.log.SegmentIndexes;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A compaction: writes what a generation holds, and puts that in the place of it; what was committed meanwhile stays
 * behind it, and is younger by its stamps. For one thread.
 */
final class Rewriting {
    private static final long SEGMENT_BYTES = 1L << 30;
    /** Marks up to this stamp would be forgotten: none are. */
    private static final long FORGETTABLE = -1;

    private final HadoopMedium medium;

    /** Says that there is nothing to put in the place of any more. */
    private static final class Overtaken extends IOException {
        private static final long serialVersionUID = 1;

        final long generation;

        Overtaken(long generation) {
            super("all was replaced meanwhile");
            this.generation = generation;
        }
    }

    Rewriting(HadoopMedium medium) {
        this.medium = medium;
    }

    /** Gives the generation that it made; where all was replaced meanwhile, that of the store. */
    long run() throws IOException {
        StoreHead head = StoreHead.load(medium);
        Contents contents = head.contents(medium);
        contents.checkReadable();
        if (contents.segments().isEmpty() && head.numbered().isEmpty()) {
            throw new NoSuchFileException(medium.root.toString(), null, "there is no store to compact");
        }
        long stamp = Math.max(head.manifest().lastStamp(), contents.lastStamp());
        Compaction compaction = contents.compaction(SEGMENT_BYTES, SegmentFormat.WRITER_ELSEWHERE, stamp, FORGETTABLE);
        compaction.write((more, all) -> {});
        Rewritten change = new Rewritten(head, compaction, stamp);
        try {
            return new Committer(medium, "compaction " + UUID.randomUUID(), change).run();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof Overtaken overtaken) return overtaken.generation;
            throw e;
        }
    }

    private final class Rewritten implements Committer.Change {
        private final StoreHead from;
        private final Compaction compaction;
        private final long stamp;
        private List<IndexPart> written;

        Rewritten(StoreHead from, Compaction compaction, long stamp) {
            this.from = from;
            this.compaction = compaction;
            this.stamp = stamp;
        }

        private List<IndexPart> replaced() {
            return from.numbered().map(Generation::parts).orElse(List.of());
        }

        /** Of what was copied there nothing is imported: all of it is rewritten, if nobody was faster. */
        @Override
        public boolean keeps() {
            return from.numbered().isPresent();
        }

        @Override
        public void check(StoreHead now) throws IOException {
            Optional<Generation> before = now.numbered();
            boolean same = from.numbered().isPresent()
                    ? before.isPresent() && before.get().parts().containsAll(replaced())
                    : before.isEmpty() && now.generation() == from.generation();
            if (!same) throw new Overtaken(now.generation());
        }

        @Override
        public List<IndexPart> parts(List<IndexPart> before, long commitStamp) throws IOException {
            if (written == null) {
                written = Indexes.write(medium, new SegmentIndexes(compaction.sealed(), List.of()), stamp);
            }
            Set<IndexPart> gone = new HashSet<>(replaced());
            List<IndexPart> all = new ArrayList<>(written);
            for (IndexPart part : before) {
                if (!gone.contains(part)) all.add(part);
            }
            return all;
        }

        @Override
        public Map<String, String> properties(Map<String, String> before) {
            return before;
        }

        @Override
        public void undo() throws IOException {
            compaction.discard();
            if (written != null) Indexes.delete(medium, written);
        }
    }
}
