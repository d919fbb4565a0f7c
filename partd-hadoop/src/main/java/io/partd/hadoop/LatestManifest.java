package io.partd.hadoop;

import io.partd.log.Manifest;
import io.partd.log.SegmentFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the manifest in force: from the number that the hint says on, for no number is left out; or in a list of the
 * files, where there is no hint, or the manifest that it names is removed.
 */
final class LatestManifest {
    private final HadoopMedium medium;

    LatestManifest(HadoopMedium medium) {
        this.medium = medium;
    }

    /** The content of the manifest with the greatest generation. */
    Optional<ByteBuffer> load() throws IOException {
        OptionalLong hint = medium.hint();
        Optional<ByteBuffer> numbered =
                hint.isPresent() ? medium.loadIfThere(SegmentFormat.NUMBERED + hint.getAsLong()) : Optional.empty();
        if (numbered.isEmpty()) return loadListed();
        long number = hint.getAsLong();
        for (Optional<ByteBuffer> next = numbered; next.isPresent(); number++) {
            numbered = next;
            next = medium.loadIfThere(SegmentFormat.NUMBERED + (number + 1));
        }
        return later(numbered, number - 1, medium.loadIfThere(SegmentFormat.MANIFEST));
    }

    /** A manifest may be removed between the list and the look at it, when there is a later one. */
    private Optional<ByteBuffer> loadListed() throws IOException {
        while (true) {
            List<String> names = medium.list();
            OptionalLong greatest = names.stream()
                    .map(SegmentFormat::numberOf)
                    .filter(OptionalLong::isPresent)
                    .mapToLong(OptionalLong::getAsLong)
                    .max();
            Optional<ByteBuffer> own = names.contains(SegmentFormat.MANIFEST)
                    ? medium.loadIfThere(SegmentFormat.MANIFEST)
                    : Optional.empty();
            if (greatest.isEmpty()) return own;
            Optional<ByteBuffer> numbered = medium.loadIfThere(SegmentFormat.NUMBERED + greatest.getAsLong());
            if (numbered.isPresent()) return later(numbered, greatest.getAsLong(), own);
        }
    }

    private Optional<ByteBuffer> later(Optional<ByteBuffer> numbered, long number, Optional<ByteBuffer> own) {
        if (own.isEmpty()) return numbered;
        ByteBuffer content = own.get();
        String file = medium.describe(SegmentFormat.MANIFEST);
        long generation = Manifest.decode(content.duplicate().order(content.order()), file)
                .generation();
        return generation > number ? own : numbered;
    }
}
