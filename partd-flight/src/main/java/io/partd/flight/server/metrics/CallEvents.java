package io.partd.flight.server.metrics;

import jdk.jfr.FlightRecorder;

/**
 * What servers tell the JDK's Flight Recorder. Where the runtime was made without the module jdk.jfr there are no
 * events, and the class that extends its own is never touched.
 */
final class CallEvents {
    private static final boolean PRESENT = ModuleLayer.boot()
            .findModule("jdk.jfr")
            .filter(CallEvents.class.getModule()::canRead)
            .isPresent();

    private static final Timed NOTHING = (method, status, peer, received, sent) -> {};

    private CallEvents() {}

    /** A call, from when it began. */
    @FunctionalInterface
    interface Timed {
        void end(String method, String status, String peer, long received, long sent);
    }

    /**
     * The classes of events are touched only where the recorder was started: it takes 150 ms to make one of them known.
     */
    private static boolean recorded() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    static Timed call() {
        return recorded() ? CallEvent.begun(NOTHING) : NOTHING;
    }
}
