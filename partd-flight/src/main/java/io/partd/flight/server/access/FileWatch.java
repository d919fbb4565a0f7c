package io.partd.flight.server.access;

import io.partd.flight.server.connection.ServerLog;
import io.partd.flight.wire.SmallFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks every second whether files say something else than before, and has them read again. It compares what is in
 * them: times and names say too little of files that are links, as those of Kubernetes' secrets are.
 */
final class FileWatch implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;
    private final List<Watched> all = new ArrayList<>();

    /** Files that are read together. */
    private static final class Watched {
        final String what;
        final List<Path> files;
        final Runnable read;
        List<String> seen;

        Watched(String what, List<Path> files, Runnable read) {
            this.what = what;
            this.files = List.copyOf(files);
            this.read = read;
            this.seen = look();
        }

        List<String> look() {
            return files.stream().map(SmallFile::fingerprint).toList();
        }

        /** What cannot be used leaves what was used before: the next change may be the other half of this one. */
        void check() {
            List<String> now = look();
            if (now.equals(seen)) return;
            seen = now;
            try {
                read.run();
                ServerLog.LOG.log(System.Logger.Level.INFO, what + " were read again");
            } catch (RuntimeException e) {
                ServerLog.LOG.log(System.Logger.Level.WARNING, what + " stay as they were: " + e.getMessage());
            }
        }
    }

    FileWatch() {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "partd-files");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reads files now, and whenever they have changed.
     *
     * @param what they are, in the plural, for the log
     * @param read reads them; what it throws now is thrown, and later logged: it has no secret
     */
    void read(String what, List<Path> files, Runnable read) {
        Watched watched = new Watched(what, files, read);
        read.run();
        all.add(watched);
    }

    /** Begins to look; no more files are added then. */
    void begin() {
        if (!all.isEmpty()) timer.scheduleWithFixedDelay(() -> all.forEach(Watched::check), 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
