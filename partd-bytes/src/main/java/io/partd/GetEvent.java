package io.partd;

import java.nio.file.Path;
import java.util.Collection;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A get from a file store. */
@Name("io.partd.Get")
@Label("Get")
@Description("A get from a file store. Bytes that lie in a map are read from the disk when they are touched")
@Category("partd")
@StackTrace(false)
@Threshold("1 ms")
final class GetEvent extends Event implements StoreEvents.Timed {
    @Label("Store")
    String store;

    @Label("Keys")
    int keys;

    @Label("Bytes")
    @DataAmount
    long bytes;

    /** One that begins now, or the other where nobody records. */
    static StoreEvents.Timed begun(StoreEvents.Timed otherwise) {
        if (!new GetEvent().isEnabled()) return otherwise;
        GetEvent event = new GetEvent();
        event.begin();
        return event;
    }

    @Override
    public void end(Path directory, Collection<? extends Bytes> all) {
        if (!shouldCommit()) return;
        store = directory.toString();
        keys = all.size();
        for (Bytes each : all) bytes += each.size();
        commit();
    }
}
