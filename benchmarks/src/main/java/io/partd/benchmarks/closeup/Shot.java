package io.partd.benchmarks.closeup;

import io.partd.benchmarks.common.Machine;
import io.partd.benchmarks.data.Directories;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Sizes;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What is timed once in an iteration, and has a directory of its own. Making what it needs and removing it is not
 * timed; what it has counted must be all that there is.
 */
@State(Scope.Benchmark)
public abstract class Shot {
    /** {@code full} or {@code tiny}. */
    @Param("full")
    public String size;

    /** Where stores are made; empty for {@code java.io.tmpdir}. */
    @Param("")
    public String directory;

    RunContext context;
    Path own;
    private long counted;
    private long processor;

    /** Begins. */
    @Setup(Level.Trial)
    public final void begin() {
        String parent = directory.isEmpty() ? System.getProperty("java.io.tmpdir") : directory;
        context = new RunContext(Sizes.named(size), Path.of(parent));
        make();
    }

    /** Prepares an iteration. Its garbage is collected now: it is not that of what is timed. */
    @Setup(Level.Iteration)
    public final void load() throws Exception {
        own = Directories.create(context);
        prepare();
        System.gc();
        processor = Machine.processorTime();
    }

    /** Says what was done and removes it. Garbage is collected, for it keeps deleted files mapped. */
    @TearDown(Level.Iteration)
    public final void clear() throws Exception {
        long busy = Machine.processorTime() - processor;
        try {
            if (counted != expected()) {
                throw new IllegalStateException("counted " + counted + " instead of " + expected());
            }
            Speed.say(bytes(), rows(), busy);
        } finally {
            close();
            Directories.delete(own);
            System.gc();
        }
    }

    /** To be called with what a benchmark returns. */
    final long count(long done) {
        counted = done;
        return done;
    }

    /** The bytes that are moved, or 0 where that says nothing. */
    abstract long bytes();

    /** The rows of tables that are moved, or 0 where there are none. */
    long rows() {
        return 0;
    }

    /** What must be counted. */
    long expected() {
        return rows() > 0 ? rows() : bytes();
    }

    /** Makes what all iterations share, beside the context. */
    void make() {}

    /** Makes what an iteration needs. */
    abstract void prepare() throws Exception;

    /** Closes it; its directory is then deleted. */
    abstract void close() throws Exception;
}
