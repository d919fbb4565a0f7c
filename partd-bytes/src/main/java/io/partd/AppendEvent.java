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

/** An append to a file store. */
@Name("io.partd.Append")
@Label("Append")
@Description("An append to a file store, of one record")
@Category("partd")
@StackTrace(false)
@Threshold("1 ms")
final class AppendEvent extends Event implements StoreEvents.Timed {
    @Label("Store")
    String store;

    @Label("Values")
    int values;

    @Label("Bytes")
    @DataAmount
    long bytes;

    /** One that begins now, or the other where nobody records. */
    static StoreEvents.Timed begun(StoreEvents.Timed otherwise) {
        if (!new AppendEvent().isEnabled()) return otherwise;
        AppendEvent event = new AppendEvent();
        event.begin();
        return event;
    }

    @Override
    public void end(Path directory, Collection<? extends Bytes> all) {
        if (!shouldCommit()) return;
        store = directory.toString();
        values = all.size();
        for (Bytes each : all) bytes += each.size();
        commit();
    }
}
