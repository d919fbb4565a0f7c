package io.partd.hadoop;

import io.partd.base.Failures;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/** What is to be done from time to time with a store that is written to on a Hadoop file system. */
public final class Maintenance {
    private Maintenance() {}

    /**
     * Rewrites a store so that each key's bytes lie together, as one commit, and returns the number of the generation
     * that it made. Commits may be made meanwhile, and count on behind what was rewritten; where one replaced all, the
     * rewriting is given up, and the store's generation returned. What was replaced is removed by a later
     * {@link #vacuum}: until then it takes room, and those who opened the store before go on reading it.
     */
    public static long compact(URI store, Configuration conf) {
        Objects.requireNonNull(store, "store is null");
        Objects.requireNonNull(conf, "conf is null");
        try (HadoopMedium medium = HadoopMedium.of(store, conf)) {
            return new Rewriting(medium).run();
        } catch (IOException e) {
            throw Failures.world("cannot compact the store in " + store, e);
        }
    }

    /**
     * Removes the files that nobody needs: those of tasks and commits that came to nothing, and those of generations
     * that were replaced longer ago than this; returns how many. Who opened such a generation, and still reads from it,
     * fails.
     *
     * @param olderThan longer than the longest job takes from its first append to its commit, and than anybody reads
     *     from a store that he has opened: a day is more than enough for most
     */
    public static int vacuum(URI store, Configuration conf, Duration olderThan) {
        Objects.requireNonNull(store, "store is null");
        Objects.requireNonNull(conf, "conf is null");
        if (olderThan.isNegative()) throw new IllegalArgumentException("olderThan is " + olderThan + ": use a time");
        try (HadoopMedium medium = HadoopMedium.of(store, conf)) {
            return new Vacuum(medium, System.currentTimeMillis() - olderThan.toMillis()).run();
        } catch (IOException e) {
            throw Failures.world("cannot remove what is not needed of the store in " + store, e);
        }
    }
}
