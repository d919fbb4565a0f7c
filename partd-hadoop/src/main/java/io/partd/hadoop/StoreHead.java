package io.partd.hadoop;

import io.partd.log.Contents;
import io.partd.log.Generation;
import io.partd.log.IndexPart;
import io.partd.log.Manifest;
import io.partd.log.SealedSegment;
import io.partd.log.SegmentFormat;
import io.partd.log.SegmentIndexes;
import io.partd.log.SegmentLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The manifest in force, before anything else of the store is read.
 *
 * @param numbered what it says; absent where there is none, or that of a local store
 * @param manifest the same, in the words that both kinds share
 */
record StoreHead(Optional<Generation> numbered, Manifest manifest) {
    private static final UUID NOBODY = new UUID(0, 0);

    static StoreHead load(HadoopMedium medium) throws IOException {
        Optional<ByteBuffer> latest = medium.latestManifest();
        if (latest.isEmpty()) return new StoreHead(Optional.empty(), Manifest.NONE);
        ByteBuffer whole = latest.get();
        String file = medium.describe(SegmentFormat.MANIFEST);
        if (!Generation.isOne(whole)) return new StoreHead(Optional.empty(), Manifest.decode(whole, file));
        Generation generation = Generation.decode(whole, file);
        return new StoreHead(Optional.of(generation), Manifest.of(generation));
    }

    long generation() {
        return manifest.generation();
    }

    /** The generation that a job's commit made, if it is remembered. */
    OptionalLong generationOf(String job) {
        return numbered.map(all -> all.generationOf(job)).orElse(OptionalLong.empty());
    }

    Map<String, String> properties() {
        return numbered.map(Generation::properties).orElse(Map.of());
    }

    /** What the manifest names; for a local store that was copied, all that is found in a list of its files. */
    Contents contents(HadoopMedium medium) throws IOException {
        Contents contents = new Contents(medium, new SegmentLoader(medium), manifest, List.of());
        if (numbered.isPresent()) contents.findCommitted();
        else contents.find(Long.MAX_VALUE);
        contents.settle();
        return contents;
    }

    /** Whether there is a store: a manifest, or segments. */
    boolean exists(HadoopMedium medium) throws IOException {
        return numbered.isPresent()
                || manifest.generation() > 0
                || !contents(medium).segments().isEmpty();
    }

    /**
     * The generation that the next one follows. Of a local store that was copied here it has an index of all segments,
     * which is written for that.
     */
    Generation orImported(HadoopMedium medium) throws IOException {
        if (numbered.isPresent()) return numbered.get();
        Contents contents = contents(medium);
        List<IndexPart> parts = new ArrayList<>(manifest.parts());
        List<SealedSegment> found = contents.sealed();
        if (!found.isEmpty()) parts.addAll(Indexes.write(medium, new SegmentIndexes(found, List.of()), 0));
        long lastStamp = Math.max(manifest.lastStamp(), contents.lastStamp());
        return new Generation(manifest.generation(), lastStamp, NOBODY, parts, List.of(), Map.of());
    }

    /** The generation that the next one follows, without what counts now. */
    Generation withoutSegments() {
        return numbered.orElseGet(() ->
                new Generation(manifest.generation(), manifest.lastStamp(), NOBODY, List.of(), List.of(), Map.of()));
    }
}
