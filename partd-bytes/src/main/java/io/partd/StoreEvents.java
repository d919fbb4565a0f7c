package io.partd;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import jdk.jfr.FlightRecorder;

/**
 * What file stores tell the JDK's Flight Recorder. Where the runtime was made without the module jdk.jfr, or does not
 * resolve it, there are no events, and the classes of this package that extend its own are never touched.
 */
final class StoreEvents {
    private static final boolean PRESENT = ModuleLayer.boot()
            .findModule("jdk.jfr")
            .filter(StoreEvents.class.getModule()::canRead)
            .isPresent();

    private static final Timed NOTHING = (store, bytes) -> {};

    private StoreEvents() {}

    /** Something that takes time, from when it was asked for. */
    @FunctionalInterface
    interface Timed {
        /** It is over: it was about this store, and these values. */
        void end(Path store, Collection<? extends Bytes> values);

        default void end(Path store) {
            end(store, List.of());
        }
    }

    /**
     * The classes of events are touched only where the recorder was started: it takes 150 ms to make one of them known.
     */
    private static boolean recorded() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    static Timed append() {
        return recorded() ? AppendEvent.begun(NOTHING) : NOTHING;
    }

    static Timed get() {
        return recorded() ? GetEvent.begun(NOTHING) : NOTHING;
    }

    static Timed flush() {
        return recorded() ? FlushEvent.begun(NOTHING) : NOTHING;
    }

    static Timed compaction() {
        return recorded() ? CompactionEvent.begun(NOTHING) : NOTHING;
    }
}
