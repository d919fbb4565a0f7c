package io.partd.file;

import io.partd.base.Failures;
import io.partd.base.Log;
import io.partd.disk.FileLocks;
import io.partd.disk.Interrupts;
import io.partd.disk.JvmClaims;
import io.partd.disk.LocalMedium;
import io.partd.disk.Poll;
import io.partd.log.Manifest;
import io.partd.log.Medium;
import io.partd.log.NewerFormatException;
import io.partd.marks.Claim;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/**
 * What all handles of one directory in this JVM have in common: the lock file, the control file, the lock. It is closed
 * with the last of them, but not under a thread that still has the lock: then when he gives it back. Until then the
 * words of the lock are his to move, and the store is found here by whoever opens it.
 */
final class SharedDirectory {
    static final String LOCK_FILE = "partd.lock";

    private static final Map<Object, SharedDirectory> OPEN = new HashMap<>();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Object identity;
    private final Path directory;
    private final FileLocks files;
    private ControlFile control;
    private StoreLock lock;
    private boolean present;
    private MarkAges ages;
    /** Changed with the monitor of {@link #OPEN}. */
    private volatile int handles;

    private SharedDirectory(Object identity, Path directory) throws IOException {
        this.identity = identity;
        this.directory = directory;
        this.files = new FileLocks(directory.resolve(LOCK_FILE));
    }

    /** The store in this directory, which exists; to be released as often. */
    static SharedDirectory acquire(Path directory) throws IOException {
        Path file = directory.resolve(LOCK_FILE);
        SharedDirectory store;
        synchronized (OPEN) {
            createEmpty(file);
            Object identity = JvmClaims.identity(file);
            store = OPEN.get(identity);
            if (store == null) store = claim(identity, directory);
            store.handles++;
        }
        boolean ready = false;
        try {
            store.openControl();
            ready = true;
        } finally {
            if (!ready) store.release();
        }
        return store;
    }

    /** Opens the lock file, unless another class loader's copy of this class has it open; see {@link JvmClaims}. */
    private static SharedDirectory claim(Object identity, Path directory) throws IOException {
        JvmClaims.claim(identity);
        SharedDirectory store = null;
        boolean kept = false;
        try {
            store = new SharedDirectory(identity, directory);
            OPEN.put(identity, store);
            kept = true;
            return store;
        } finally {
            if (!kept) {
                if (store != null) store.files.close();
                forget(identity);
            }
        }
    }

    /** Makes the file unless it is there: then it must not be opened, see {@link FileLocks}. */
    private static void createEmpty(Path file) throws IOException {
        try {
            JvmClaims.createFile(file);
        } catch (FileAlreadyExistsException e) {
            Log.get().log(Level.DEBUG, "another process was faster to make {0}", file);
        }
    }

    /** Goes last: whoever has the claim next must find no channel that is still to be closed. */
    private static void forget(Object identity) {
        OPEN.remove(identity);
        JvmClaims.release(identity);
    }

    private synchronized void openControl() throws IOException {
        if (control != null) return;
        lockOpening();
        try {
            Path file = directory.resolve(ControlFile.FILE);
            ControlFile opened = new ControlFile(mapControl(file));
            NewerFormatException.check(opened.version(), file.toString());
            lock = new StoreLock(new ProcessLock(files, opened, this::mend, this::leftLock), opened);
            ages = new MarkAges(opened, MarkAges.clock);
            control = opened; // last: it says that all of this is there
        } finally {
            unlockOpening();
        }
    }

    /**
     * A map of the control file; the file gets its bytes before, for a map of bytes that a full disk has no room for
     * kills the process.
     */
    private static MappedByteBuffer mapControl(Path file) throws IOException {
        return Interrupts.defer(() -> {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                if (channel.size() < ControlFile.SIZE) channel.write(ByteBuffer.allocate(ControlFile.SIZE), 0);
                if (channel.size() < ControlFile.SIZE) throw new IOException("no room for " + file);
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, ControlFile.SIZE);
            }
        });
    }

    /**
     * What the dead have not announced is announced: the manifest in force, and that there may be more. Under the
     * store's lock.
     */
    private void mend() throws IOException {
        Medium medium = new LocalMedium(directory);
        Manifest manifest = Manifest.load(medium);
        control.advanceStamp(manifest.dropped());
        control.raiseGeneration(manifest.generation());
        try {
            if (manifest.generation() > 0) medium.syncNames(); // its maker may have died before he did
        } catch (IOException e) {
            control.setSyncFailed(true); // flush says so, and nothing is deleted; what is in memory is whole
            Log.get().log(Level.WARNING, "cannot sync " + directory, e);
        }
        control.lookAgain();
    }

    /** Brings the control file's words up to date with what is stored. */
    interface Rebuild {
        void run() throws IOException;
    }

    /**
     * Makes this process known as one that has the store open. Who finds that no other has may change what processes
     * share: words that are not of this boot, or not known to be, are rebuilt from what is stored, and the dead are
     * forgotten.
     */
    synchronized void enter(Rebuild rebuild) throws IOException {
        if (present) return;
        lockOpening();
        try {
            if (files.tryExclusive(FileLocks.PRESENCE)) {
                try {
                    takeOver(rebuild);
                } finally {
                    files.release(FileLocks.PRESENCE);
                }
            } else if (control.version() == 0) {
                throw new IOException(directory.resolve(ControlFile.FILE) + " was removed or overwritten while other "
                        + "processes have the store open: close them all, then open it again");
            }
            present = files.tryShared(FileLocks.PRESENCE);
            if (!present) throw new IOException("cannot lock " + directory.resolve(LOCK_FILE));
        } finally {
            unlockOpening();
        }
    }

    /** Byte locks on a file that others have not opened say nothing of them. */
    private void checkLockFile(long boot) throws IOException {
        Path file = directory.resolve(ControlFile.FILE);
        long lockFile = LocalMedium.number(0, identity);
        long self = LocalMedium.number(0, JvmClaims.identity(file));
        if (control.isOpenUnderAnother(lockFile, self, boot)) {
            throw new IOException(directory.resolve(LOCK_FILE) + " was removed or replaced while processes had the "
                    + "store open: close it there, then open it again; if they were killed, and no process has it "
                    + "open, delete " + file);
        }
        control.openUnder(lockFile, self);
    }

    /** For who has the store to himself: whoever died cannot even have synced what he put in force. */
    private void takeOver(Rebuild rebuild) throws IOException {
        long boot = LocalMedium.bootId();
        checkLockFile(boot);
        boolean current = control.isCurrent(boot);
        if (current && control.isSettled()) return;
        if (!current) {
            rebuild.run();
            control.renew(boot);
        }
        mend();
        control.settle();
        if (!current) control.declareCurrent(boot);
    }

    /** Waits until no other handle of the store, in any process, is being opened. */
    private void lockOpening() throws InterruptedIOException {
        try {
            Poll.until(() -> files.tryExclusive(FileLocks.OPEN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to open " + directory);
        }
    }

    private void unlockOpening() {
        files.release(FileLocks.OPEN);
    }

    void release() throws IOException {
        synchronized (OPEN) {
            handles--;
            closeIfUnused();
        }
    }

    /** After each time the lock was given back: the last handle may have been closed meanwhile. */
    private void leftLock() throws IOException {
        if (handles > 0) return;
        synchronized (OPEN) {
            closeIfUnused();
        }
    }

    /** With the monitor of {@link #OPEN}. */
    private void closeIfUnused() throws IOException {
        if (handles > 0 || OPEN.get(identity) != this) return;
        boolean held = false;
        try {
            held = !files.closeUnlessHeld(FileLocks.MAIN, this::leave);
        } finally {
            if (!held) forget(identity);
        }
    }

    /** Where this is the last process, the next may find another lock file. */
    private void leave() {
        if (!present || !files.tryExclusive(FileLocks.OPEN)) return; // who just opens the store is not the last
        files.release(FileLocks.PRESENCE);
        if (files.tryExclusive(FileLocks.PRESENCE)) control.closed();
    }

    FileLocks files() {
        return files;
    }

    ControlFile control() {
        return control;
    }

    StoreLock lock() {
        return lock;
    }

    /** Which marks are old, as far as this JVM can say. */
    MarkAges ages() {
        return ages;
    }

    /** Makes somebody the only server of the store, in this and all other processes. */
    Claim claim(String who) {
        if (files.tryExclusive(FileLocks.SERVER)) return new ServerClaim(who);
        String other = control.server();
        throw Failures.world("the store in " + directory + " is served already, by "
                + (other.isEmpty() ? "a process that has just begun" : other) + ": stop that server first");
    }

    private final class ServerClaim implements Claim {
        private boolean closed;

        /** The server before may have died, and not announced its last record: all handles look for it. */
        ServerClaim(String who) {
            control.setServer(who);
            control.segmentCreated();
            control.committed();
        }

        @Override
        public void heldBy(String who) {
            control.setServer(who);
        }

        @Override
        public synchronized void close() {
            if (closed) return;
            closed = true;
            if (!files.holds(FileLocks.SERVER)) return; // it went with the store, and others may have it
            control.setServer("");
            files.release(FileLocks.SERVER);
        }
    }

    /** A number for a new writer, whose byte in the lock file is held until {@link #endWriter}. */
    long newWriter() {
        while (true) {
            long writer = RANDOM.nextLong() >>> 3;
            if (files.tryExclusive(FileLocks.WRITERS + writer)) return writer;
        }
    }

    void endWriter(long writer) {
        files.release(FileLocks.WRITERS + writer);
    }

    /** Whether the writer's handle is open in this or another process. */
    boolean isAlive(long writer) {
        return files.isHeld(FileLocks.WRITERS + writer);
    }
}
