package io.partd.file;

import io.partd.log.GrowingMedium;
import io.partd.log.Segment;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Brings to the medium what a handle knows of its store, whoever wrote it. */
final class Syncing {
    private final GrowingMedium medium;
    private final ControlFile control;
    private final Catalog catalog;
    private final AppenderPool appenders;

    Syncing(GrowingMedium medium, ControlFile control, Catalog catalog, AppenderPool appenders) {
        this.medium = medium;
        this.control = control;
        this.catalog = catalog;
        this.appenders = appenders;
    }

    /** Returns when all that was appended before is on the medium. */
    void all() throws IOException {
        if (control.syncFailed()) {
            throw new IOException("an earlier fsync failed, and what was written before it may be lost with the power: "
                    + "compact() writes it anew, drop() removes it");
        }
        Unsynced all;
        synchronized (catalog) {
            catalog.refresh();
            all = unsynced(segment -> true);
        }
        sync(all);
    }

    /**
     * What others than this writer appended and this handle has read must be on the medium before what rests on it: no
     * row may outlive its head, and no new head a delete that went before.
     */
    void others(long writer) throws IOException {
        Unsynced others;
        synchronized (catalog) {
            if (catalog.isForgotten()) catalog.refresh(); // what it had read before is still what this rests on
            others = unsynced(segment -> segment.writer() != writer);
        }
        if (!others.upTo.isEmpty()) sync(others);
    }

    /** The segments with bytes in the index that may not be on the medium, and up to where they are read. */
    private record Unsynced(Map<Segment, Long> upTo, long generation) {}

    /** With the catalog's monitor. */
    private Unsynced unsynced(Predicate<Segment> kind) {
        Map<Segment, Long> upTo = new LinkedHashMap<>();
        for (Segment segment : catalog.contents().segments()) {
            if (segment.synced < segment.scanned && kind.test(segment)) upTo.put(segment, segment.scanned);
        }
        return new Unsynced(upTo, catalog.generation());
    }

    private void sync(Unsynced unsynced) throws IOException {
        try {
            for (Segment segment : unsynced.upTo.keySet()) sync(segment, unsynced.generation);
            medium.syncNames();
        } catch (IOException e) {
            control.setSyncFailed(true);
            throw e;
        }
        Map<String, Long> synced = new HashMap<>();
        unsynced.upTo.forEach((segment, upTo) -> {
            segment.synced = Math.max(segment.synced, upTo);
            synced.put(segment.name, upTo);
        });
        appenders.synced(synced);
    }

    private void sync(Segment segment, long generation) throws IOException {
        try {
            medium.sync(segment.name);
        } catch (NoSuchFileException e) {
            // what a newer manifest has taken away was synced with the segment that replaced it
            if (control.generation() == generation) throw e;
        }
    }
}
