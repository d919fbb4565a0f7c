package io.partd;

import java.nio.file.Path;
import java.util.Collection;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A compaction of a file store. */
@Name("io.partd.Compaction")
@Label("Compaction")
@Description("A file store is rewritten, so that each key's bytes lie together")
@Category("partd")
final class CompactionEvent extends Event implements StoreEvents.Timed {
    @Label("Store")
    String store;

    /** One that begins now, or the other where nobody records. */
    static StoreEvents.Timed begun(StoreEvents.Timed otherwise) {
        if (!new CompactionEvent().isEnabled()) return otherwise;
        CompactionEvent event = new CompactionEvent();
        event.begin();
        return event;
    }

    @Override
    public void end(Path directory, Collection<? extends Bytes> all) {
        store = directory.toString();
        commit();
    }
}
