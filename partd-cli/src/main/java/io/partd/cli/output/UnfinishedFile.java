package io.partd.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is taken away again unless it is kept under its name; also when the process is told to end (Ctrl-C),
 * which then says so.
 */
final class UnfinishedFile implements AutoCloseable {
    private final Path path;
    private final String ifInterrupted;
    private final Thread hook = new Thread(this::interrupted, "partd-unfinished");
    private boolean ended;

    /** @param ifInterrupted what is said then */
    UnfinishedFile(Path path, String ifInterrupted) {
        this.path = path;
        this.ifInterrupted = ifInterrupted;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Where it is written. */
    Path path() {
        return path;
    }

    /** It is complete: it gets its name, at once, in the place of what has that name. */
    synchronized void keepAs(Path file) throws IOException {
        if (ended) return;
        Files.move(path, file, StandardCopyOption.REPLACE_EXISTING);
        ended = true;
    }

    private synchronized void interrupted() {
        if (ended) return;
        ended = true;
        try {
            Files.deleteIfExists(path);
            System.err.println(ifInterrupted);
        } catch (IOException e) {
            System.err.println(ifInterrupted + "; " + path + " is left: " + e);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (!ended) Files.deleteIfExists(path);
            ended = true;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending: the hook finds nothing to do
        }
    }
}
