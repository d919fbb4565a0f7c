package io.partd.file;

import io.partd.log.Manifest;
import io.partd.log.Medium;
import io.partd.log.StampWalk;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far a store has come where no control file says it: a walk through the segments gives the greatest stamp there
 * is, and what is read after that, up to this stamp, is a snapshot. It lacks no append that returned before another
 * began which it has: the other's stamp was given out before the end of the walk, and so what returned before that was
 * there, too.
 */
final class ScannedState implements StoreState {
    private final Medium medium;
    private final StampWalk stamps;
    private final AtomicLong looks = new AtomicLong();

    ScannedState(Medium medium) {
        this.medium = medium;
        this.stamps = new StampWalk(medium);
    }

    @Override
    public synchronized long stamp() throws IOException {
        return stamps.greatest();
    }

    /** The next walk finds it. */
    @Override
    public void advanceStamp(long newStamp) {}

    /** Nobody says whether there is more: it is looked for each time. */
    @Override
    public long commits() {
        return looks.incrementAndGet();
    }

    @Override
    public long created() {
        return looks.incrementAndGet();
    }

    @Override
    public long generation() throws IOException {
        return Manifest.load(medium).generation();
    }

    /** It is read from the manifest each time. */
    @Override
    public void raiseGeneration(long generation) {}
}
