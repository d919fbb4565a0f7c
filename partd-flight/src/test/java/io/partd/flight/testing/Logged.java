package io.partd.flight.testing;

import io.partd.flight.PartdServer;
import io.partd.testing.Patience;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a server logs while this is open. */
public final class Logged extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(PartdServer.class.getName());
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public Logged() {
        setLevel(Level.ALL);
        logger.addHandler(this);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line that has this in it. */
    public String await(String part) throws Exception {
        await(part, 1);
        return lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
    }

    /** Waits until so many lines have this in them. */
    public void await(String part, int times) throws Exception {
        Patience.until(
                times + " lines have \"" + part + "\" in them",
                () -> lines.stream().filter(line -> line.contains(part)).count() >= times);
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
