package io.partd.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;

/** Work on channels that a thread's interrupt would close: the interrupt waits until the work is done. */
public final class Interrupts {
    private Interrupts() {}

    /** Work that opens its channel itself and may be done again from the start. */
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does the work, again where an interrupt of this or another thread closed its channel; the interrupt flag is as
     * before, or set.
     */
    public static <T> T defer(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                } catch (ClosedChannelException e) {
                    Thread.onSpinWait(); // closed by another thread: the next round opens its own
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
