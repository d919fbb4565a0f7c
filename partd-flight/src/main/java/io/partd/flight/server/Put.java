package io.partd.flight.server;

import io.partd.flight.server.memory.Budget;
import io.partd.flight.wire.Frame;

/**
 * What a call puts, frame by frame. While another thread works with what is held nothing of it is freed, nor is the end
 * gone about: both are made up for after that. Safe for several threads.
 */
abstract class Put {
    final PutCall call;
    private boolean busy;
    private boolean finishing;
    private boolean closed;

    Put(PutCall call) {
        this.call = call;
    }

    /** Takes a frame and what was reserved for it, which it closes unless it throws; it asks for the next one. */
    abstract void accept(Frame frame, Budget.Reservation reservation);

    /** Asks for the next frame. */
    abstract void askNext();

    /** All has come: what is left is done, and {@link #end} called. */
    abstract void complete();

    /** Gives back what is held. */
    abstract void free();

    /** A thread begins to work with what is held, and calls {@link #pause} or {@link #end} after that. */
    final synchronized void begin() {
        requireOpen();
        busy = true;
    }

    /** Refuses what comes when all that was held may be free already. */
    final synchronized void requireOpen() {
        if (closed) throw new IllegalArgumentException("the call has ended");
    }

    /** The thread's work is done, and more may come. */
    final void pause() {
        boolean last;
        synchronized (this) {
            busy = false;
            last = finishing;
        }
        if (freeIfClosed()) return;
        if (last) finish();
        else askNext();
    }

    /** All work is done. */
    final void end() {
        synchronized (this) {
            busy = false;
        }
        freeIfClosed();
    }

    /** Changes the store, in a thread that may, and ends; what fails is the call's failure. */
    final void changeAndEnd(Runnable change) {
        call.server.change(
                call.lease,
                () -> {
                    try {
                        change.run();
                    } catch (RuntimeException | Error e) {
                        call.fail(e);
                    }
                    end();
                },
                failure -> {
                    call.fail(failure);
                    end();
                });
    }

    /** The client has sent everything. */
    final void finish() {
        synchronized (this) {
            finishing = true;
            if (busy || closed) return;
            busy = true;
        }
        complete();
    }

    /** The call has ended: what is held is given back, as soon as nobody uses it. */
    final void abort() {
        synchronized (this) {
            closed = true;
        }
        freeIfClosed();
    }

    /** Says whether the call has ended. */
    private boolean freeIfClosed() {
        synchronized (this) {
            if (!closed || busy) return closed;
            // Nothing is begun any more.
            busy = true;
        }
        free();
        return true;
    }

    /** Gives a frame back of which nothing is kept. */
    static void release(Frame frame, Budget.Reservation reservation) {
        frame.close();
        if (reservation != null) reservation.close();
    }
}
