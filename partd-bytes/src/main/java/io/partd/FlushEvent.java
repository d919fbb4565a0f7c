package io.partd;

import java.nio.file.Path;
import java.util.Collection;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A flush of a file store. */
@Name("io.partd.Flush")
@Label("Flush")
@Description("Everything that was appended to a file store goes to the medium")
@Category("partd")
final class FlushEvent extends Event implements StoreEvents.Timed {
    @Label("Store")
    String store;

    /** One that begins now, or the other where nobody records. */
    static StoreEvents.Timed begun(StoreEvents.Timed otherwise) {
        if (!new FlushEvent().isEnabled()) return otherwise;
        FlushEvent event = new FlushEvent();
        event.begin();
        return event;
    }

    @Override
    public void end(Path directory, Collection<? extends Bytes> all) {
        store = directory.toString();
        commit();
    }
}
