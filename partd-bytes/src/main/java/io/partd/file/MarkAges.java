package io.partd.file;

import io.partd.marks.MarkBook;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * Which marks are old enough to be forgotten: those of a day ago by their stamps, if they are ten minutes old by a
 * clock that nobody can set; or those of a day ago by that clock. Stamps follow the wall clock, which may jump, and
 * does not go back where it was set back. All processes share what each knows for certain. Safe for several threads.
 */
final class MarkAges {
    /** Tests put another clock there. */
    static volatile LongSupplier clock = System::nanoTime;

    private final ControlFile control;
    private final LongSupplier nanoTime;
    /** Marks up to this stamp were there at that time; the oldest first. */
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    /** Marks up to this stamp were there a day ago. */
    private long dayOld = Long.MIN_VALUE;

    private record Sample(long nanoTime, long stamp) {}

    MarkAges(ControlFile control, LongSupplier nanoTime) {
        this.control = control;
        this.nanoTime = nanoTime;
        samples.add(new Sample(nanoTime.getAsLong(), control.stamp()));
    }

    /** Takes note of the time, if that was not done for ten minutes: true if marks may have become old since. */
    synchronized boolean tick() {
        long now = nanoTime.getAsLong();
        if (now - samples.getLast().nanoTime < MarkBook.LOOK_NANOS) return false;
        control.advanceAged(samples.getLast().stamp);
        samples.add(new Sample(now, control.stamp()));
        return true;
    }

    /** Marks up to this stamp may be forgotten. */
    synchronized long forgettable() {
        tick();
        long now = nanoTime.getAsLong();
        while (samples.size() > 1 && now - samples.getFirst().nanoTime >= MarkBook.KEPT_NANOS) {
            dayOld = samples.removeFirst().stamp;
        }
        return Math.min(control.aged(), Math.max(dayOld, control.stamp() - MarkBook.KEPT_NANOS));
    }
}
