package io.partd.hadoop;

import io.partd.base.Failures;
import io.partd.log.Contents;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/**
 * A store on a Hadoop file system, for reading: HDFS, S3 by {@code s3a}, or any other. It shows what was committed when
 * it was opened, and nothing that is committed later. Codecs, typed layers, readers and the choice of columns work on
 * it as on any store; one column of many reads little more than its own bytes.
 *
 * <p>A local store that was copied there, file by file, opens, too. Values are read when they are touched, and can be
 * read for as long as no {@link Maintenance#vacuum} removes what was replaced. Safe for several threads. An interrupt
 * may fail a read.
 */
public final class HadoopPartd extends ReadPartd {
    private final Snapshot snapshot;

    private HadoopPartd(HadoopMedium medium, StoreHead head, Contents contents) {
        super(medium, contents);
        this.snapshot = new Snapshot(medium.root.toUri(), head.generation(), head.properties(), contents);
    }

    /**
     * Opens the store in a directory. Reads the manifest and an index for each commit.
     *
     * @throws java.io.UncheckedIOException if there is none
     * @throws io.partd.CorruptPartdException if the manifest is broken
     */
    public static HadoopPartd open(URI store, Configuration conf) {
        Objects.requireNonNull(store, "store is null");
        Objects.requireNonNull(conf, "conf is null");
        try {
            HadoopMedium medium = HadoopMedium.of(store, conf);
            StoreHead head = StoreHead.load(medium);
            Contents contents = head.contents(medium);
            if (head.generation() == 0 && contents.segments().isEmpty()) {
                throw new IOException("there is neither a manifest nor a segment: is this the right directory?");
            }
            return new HadoopPartd(medium, head, contents);
        } catch (IOException e) {
            throw Failures.world("cannot open a store in " + store, e);
        }
    }

    /** Says whether there is a store in a directory: a manifest, or the segments of a local store. */
    public static boolean exists(URI store, Configuration conf) {
        Objects.requireNonNull(store, "store is null");
        Objects.requireNonNull(conf, "conf is null");
        try {
            HadoopMedium medium = HadoopMedium.of(store, conf);
            return StoreHead.load(medium).exists(medium);
        } catch (IOException e) {
            throw Failures.world("cannot look for a store in " + store, e);
        }
    }

    /** Returns what the store holds, and where: to plan who reads what, elsewhere. */
    public Snapshot snapshot() {
        requireOpen();
        return snapshot;
    }

    /** Returns the class and the directory. */
    @Override
    public String toString() {
        return "HadoopPartd[" + medium.root + "]";
    }
}
