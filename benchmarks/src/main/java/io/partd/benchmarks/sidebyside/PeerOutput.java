package io.partd.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.List;

/** What a peer's process says, line by line: a word with an at sign before it, and what belongs to it. */
final class PeerOutput {
    /** The bytes of anonymous memory when the data is made and nothing has run yet. */
    static final String BEFORE = "@before";
    /** A phase has run: iteration, name, nanoseconds, those of the processor, bytes, rows. */
    static final String PHASE = "@phase";
    /** The bytes of the store's files. */
    static final String DISK = "@disk";
    /** What the store holds. */
    static final String CHECK = "@check";
    /** What ran, where the class path does not say. */
    static final String VERSION = "@version";
    /** All iterations have run. */
    static final String DONE = "@done";

    /**
     * A phase that has run once.
     *
     * @param iteration how often it had run before in this process
     */
    record Time(int iteration, String phase, long nanos, long processorNanos, long bytes, long rows) {}

    final List<Time> times = new ArrayList<>();
    long before;
    long disk;
    String check = "";
    String version = "";
    boolean done;

    /** Takes a line; what no word begins is somebody else's. */
    void add(String line) {
        String[] words = line.split(" ", 2);
        String rest = words.length == 1 ? "" : words[1];
        switch (words[0]) {
            case BEFORE -> before = Long.parseLong(rest);
            case PHASE -> times.add(time(rest.split(" ")));
            case DISK -> disk = Math.max(disk, Long.parseLong(rest));
            case CHECK -> check = rest;
            case VERSION -> version = rest;
            case DONE -> done = true;
            default -> {}
        }
    }

    private static Time time(String[] words) {
        return new Time(
                Integer.parseInt(words[0]),
                words[1],
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]));
    }
}
