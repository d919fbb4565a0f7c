package io.partd.file;

import io.partd.disk.FileLocks;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a process holds of a store's lock: a {@link FileLocks file lock}, shared or exclusive, and what the control file
 * says of it. Nothing here waits but for the file system; who may call what is {@link StoreLock}'s to see to.
 *
 * <p>Who dies while he holds the lock tells nobody what he did. So the control file counts the processes that share the
 * lock, and says whether somebody has it exclusively; whoever takes it and finds that a count was left behind by the
 * dead lets a {@link Mending} make all handles look, before anything else is done under the lock. A change that failed
 * with an exception counts as a death.
 */
final class ProcessLock {
    private final FileLocks files;
    private final ControlFile control;
    private final Mending mending;
    private final Left left;
    /** Whether a change failed under the exclusive lock, and may have left something that nobody was told of. */
    private boolean failed;

    /** Makes all handles look at what the dead, or a change that failed, may have left. */
    interface Mending {
        void run() throws IOException;
    }

    /** Is told when this process has given the lock back. */
    interface Left {
        void run() throws IOException;
    }

    ProcessLock(FileLocks files, ControlFile control, Mending mending, Left left) {
        this.files = files;
        this.control = control;
        this.mending = mending;
        this.left = left;
    }

    /** Takes the lock for the first thread that shares it; false where another process has it exclusively. */
    boolean tryShared() {
        if (!files.tryShared(FileLocks.MAIN)) return false;
        boolean counted = false;
        boolean entered = false;
        try {
            control.enterShared();
            counted = true;
            if (control.isChanging()) {
                mend();
                control.changeMended();
            }
            entered = true;
        } finally {
            if (!entered && counted) leaveShared();
            else if (!entered) giveBack();
        }
        return true;
    }

    /** When the last thread is through, and has announced what it did. */
    void leaveShared() {
        control.leaveShared();
        giveBack();
    }

    /** Takes the lock; false where another process has it. */
    boolean tryExclusive() {
        if (!files.tryExclusive(FileLocks.MAIN)) return false;
        boolean entered = false;
        try {
            if (control.isShared() || control.isChanging()) mend();
            control.beginChange();
            entered = true;
        } finally {
            if (!entered) giveBack();
        }
        return true;
    }

    /** A change that failed is mended by whoever takes the lock next. */
    void leaveExclusive() {
        if (!failed) control.endChange();
        failed = false;
        giveBack();
    }

    private void giveBack() {
        files.release(FileLocks.MAIN);
        try {
            left.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the store's lock file cannot be closed: " + e.getMessage(), e);
        }
    }

    /** To be called by the exclusive lock's holder where a change has failed that may have left something. */
    void changeFailed() {
        failed = true;
    }

    /** To be called by the exclusive lock's holder before he goes on after a failure. */
    void mendFailed() {
        if (!failed) return;
        mend();
        failed = false;
    }

    private void mend() {
        try {
            mending.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the store's lock cannot be had: " + e.getMessage(), e);
        }
    }
}
