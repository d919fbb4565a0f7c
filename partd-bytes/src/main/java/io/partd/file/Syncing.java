package io.partd.file;

import io.partd.log.GrowingMedium;
import io.partd.log.Segment;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;

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
        requireTrust("");
        Unsynced all;
        synchronized (catalog) {
            catalog.refresh();
            all = unsynced();
        }
        sync(all);
    }

    /** What the system could not write it may have thrown away, and the next fsync says that all is well. */
    private void requireTrust(String consequence) throws IOException {
        if (!control.syncFailed()) return;
        throw new IOException(consequence + "an earlier fsync failed, and what was written before it may be lost with "
                + "the power: compact() writes it anew, drop() removes it");
    }

    /**
     * What this handle has read must be on the medium before what rests on it: no row may outlive its head, and no new
     * head a delete that went before. Also what other threads of this handle are just appending.
     */
    void whatIsRead() throws IOException {
        Unsynced read;
        synchronized (catalog) {
            if (catalog.isForgotten()) catalog.refresh(); // what it had read before is still what this rests on
            read = unsynced();
        }
        if (read.upTo.isEmpty()) return;
        requireTrust("nothing was appended: ");
        sync(read);
    }

    /** The segments with bytes in the index that may not be on the medium, and up to where they are read. */
    private record Unsynced(Map<Segment, Long> upTo, long generation) {}

    /** With the catalog's monitor. */
    private Unsynced unsynced() {
        Map<Segment, Long> upTo = new LinkedHashMap<>();
        for (Segment segment : catalog.contents().segments()) {
            long synced = Math.max(segment.synced, appenders.synced(segment.name));
            if (synced < segment.scanned) upTo.put(segment, segment.scanned);
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
        unsynced.upTo.forEach((segment, upTo) -> {
            segment.synced = Math.max(segment.synced, upTo);
            appenders.synced(segment.name, upTo);
        });
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
