package io.partd.flight;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a server logs while this is open. */
final class Logged extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(PartdServer.class.getName());
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Logged() {
        setLevel(Level.ALL);
        logger.addHandler(this);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line that has this in it. */
    String await(String part) throws InterruptedException {
        for (int i = 0; i < 1500; i++) {
            for (String line : lines) if (line.contains(part)) return line;
            Thread.sleep(20);
        }
        throw new AssertionError("no line has \"" + part + "\": " + lines);
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
