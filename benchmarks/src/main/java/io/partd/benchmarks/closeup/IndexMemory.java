package io.partd.benchmarks.closeup;

import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.benchmarks.common.Figure;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.RunContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * How much heap the index of a file store takes, in bytes for each chunk that cannot merge with its neighbour: what is
 * used after a garbage collection with the store, less what is without it.
 *
 * @param writing in the handle that has appended the chunks
 * @param reading in a handle that has read them from footers
 */
record IndexMemory(double writing, double reading) {

    static IndexMemory measure(RunContext setting) throws IOException {
        int chunks = setting.sizes().openChunks();
        Path directory = Directories.create(setting);
        try {
            double writing = perChunk(directory, chunks, true);
            double reading = perChunk(directory, chunks, false);
            return new IndexMemory(writing, reading);
        } finally {
            Directories.delete(directory);
        }
    }

    Figure figure() {
        String text = String.format(
                Locale.ROOT,
                "heap for each chunk in the index: %.1f bytes in the handle that wrote, %.1f in one that read footers",
                writing,
                reading);
        return new Figure("indexBytesPerChunk", text, Map.of("writing", writing, "reading", reading));
    }

    private static double perChunk(Path directory, int chunks, boolean append) {
        long before = usedHeap();
        try (FilePartd store = Partds.file(directory)) {
            if (append) ManyChunks.append(store, chunks);
            store.get(ManyChunks.KEY); // the index is brought up to date by reading
            return (double) (usedHeap() - before) / chunks;
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) System.gc(); // what has a cleaner needs more than one
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
