package io.partd.spark.testing;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local file system by another name, {@code trap:}, in which something happens to a driver in the middle of its
 * commit: just before the manifest is linked to its name, or just after, when the call has not returned.
 */
public final class TrappedFileSystem extends RawLocalFileSystem {
    /** The setting that says what happens. */
    private static final String TRAP = "partd.trap";

    private static final URI ROOT = URI.create("trap:///");
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    /** What happens. */
    public enum Trap {
        DIE_BEFORE_PUBLISHING,
        DIE_AFTER_PUBLISHING,
        /** Two drivers wait for each other before they publish the same generation. */
        MEET_BEFORE_PUBLISHING
    }

    /** Whether the manifest's content is written, under another name. */
    private boolean written;

    private boolean sprung;

    /** For Hadoop, which makes one for its scheme. */
    public TrappedFileSystem() {}

    /** What a configuration of Hadoop has to say for this to happen. */
    public static Map<String, String> settings(Trap trap) {
        return Map.of("fs.trap.impl", TrappedFileSystem.class.getName(), TRAP, trap.name());
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public String getScheme() {
        return ROOT.getScheme();
    }

    private boolean is(Trap trap) {
        return trap.name().equals(getConf().get(TRAP));
    }

    /** Whoever links a file asks for its name first. */
    @Override
    public File pathToFile(Path path) {
        File file = super.pathToFile(path);
        written |= isUnpublished(path.getName());
        if (written && !sprung && path.getName().startsWith("partd.manifest-")) {
            sprung = true;
            if (is(Trap.DIE_BEFORE_PUBLISHING)) Runtime.getRuntime().halt(DrivenJob.DIED);
            if (is(Trap.MEET_BEFORE_PUBLISHING)) meet(file);
        }
        return file;
    }

    private static boolean isUnpublished(String name) {
        return name.startsWith("partd.manifest.") && name.endsWith(".tmp");
    }

    /** Waits until two have written what they want to publish. */
    private static void meet(File manifest) {
        long end = System.nanoTime() + PATIENCE;
        while (!manifest.exists() && unpublished(manifest.getParentFile()) < 2) {
            if (System.nanoTime() > end) throw new IllegalStateException("the other driver did not come");
            LockSupport.parkNanos(PAUSE);
        }
    }

    private static int unpublished(File directory) {
        String[] names = directory.list((parent, name) -> isUnpublished(name));
        return names == null ? 0 : names.length;
    }

    /** The first thing that is done once the manifest has its name is to delete the other one. */
    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        if (is(Trap.DIE_AFTER_PUBLISHING) && isUnpublished(path.getName())) {
            Runtime.getRuntime().halt(DrivenJob.DIED);
        }
        return super.delete(path, recursive);
    }
}
