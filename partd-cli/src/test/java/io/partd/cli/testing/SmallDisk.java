package io.partd.cli.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system in memory that is soon full. */
public record SmallDisk(Path path) implements AutoCloseable {
    /** Mounts one of this size at a directory; where the machine does not allow that, the test is skipped. */
    public static SmallDisk mount(Path directory, String size) throws IOException, InterruptedException {
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assumptions.assumeTrue(mount.waitFor() == 0, "this machine mounts no small file system: " + output);
        return new SmallDisk(directory);
    }

    @Override
    public void close() throws IOException {
        new ProcessBuilder("umount", "-l", path.toString()).start().onExit().join();
    }
}
