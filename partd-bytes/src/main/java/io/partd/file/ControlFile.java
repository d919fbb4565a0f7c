package io.partd.file;

import io.partd.log.SegmentFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The words that all handles of a store share, in memory that all of them have mapped. They are hints and counters,
 * never the data: all of it can be rebuilt from the segments. Each changing word has a cache line of its own. Layout in
 * docs/format.md. Safe for several threads and processes.
 */
final class ControlFile implements StoreState {
    static final int SIZE = 4096;
    static final String FILE = "partd.control";

    private static final long MAGIC = 0x314c544344545250L; // "PRTDCTL1"
    private static final int MAGIC_AT = 0;
    private static final int VERSION_AT = 8;
    private static final int BOOT_AT = 16;
    private static final int HEAD_CRC_AT = 24;
    private static final int STAMP_AT = 64;
    private static final int COMMITS_AT = 128;
    private static final int GENERATION_AT = 192;
    private static final int CREATED_AT = 256;
    private static final int WANTED_AT = 320;
    private static final int SYNC_FAILED_AT = 384;
    private static final int REMOVALS_AT = 448;
    private static final int SHARERS_AT = 512;
    private static final int CHANGES_AT = 576;
    static final int LOCK_FILE_AT = 640;
    static final int SELF_AT = 704;
    private static final int AGED_AT = 2048;
    private static final int SERVER_AT = 2112;
    private static final int SERVER_SIZE = 1024;

    private final ByteBuffer bytes;
    private final SharedWords words;

    ControlFile(ByteBuffer bytes) {
        this.bytes = bytes;
        this.words = new SharedWords(bytes);
    }

    /**
     * Whether the words were written by this machine since it was started; otherwise they may be older than the
     * segments, and are rebuilt.
     */
    boolean isCurrent(long boot) {
        return headChecks() && words.get(BOOT_AT) == boot && boot != 0;
    }

    private boolean headChecks() {
        return words.get(MAGIC_AT) == MAGIC && words.get(HEAD_CRC_AT) == headCrc();
    }

    private long headCrc() {
        return SegmentFormat.crc(bytes.duplicate(), 0, HEAD_CRC_AT) & 0xffffffffL;
    }

    /** The format version that the words were written with, or 0 for none. */
    long version() {
        return headChecks() ? words.get(VERSION_AT) : 0;
    }

    /**
     * Forgets what belongs to another boot, for a process that has the store to itself. What a failed fsync did not
     * bring to the medium is lost by then, or is there. Where nobody can tell whether it is another boot, the failure
     * stays known: it may still be lost.
     */
    void renew(long boot) {
        if (boot != 0 || !headChecks()) words.set(SYNC_FAILED_AT, 0);
        words.set(WANTED_AT, 0);
        words.set(AGED_AT, 0);
    }

    /** Declares the words good for this boot, for a process that has the store to itself. */
    void declareCurrent(long boot) {
        words.set(VERSION_AT, SegmentFormat.VERSION);
        words.set(BOOT_AT, boot);
        words.set(MAGIC_AT, MAGIC);
        words.set(HEAD_CRC_AT, headCrc());
    }

    /**
     * Whether others may have the store open under another lock file than this, which they cannot see: the one that
     * they opened was deleted. A copy of a control file, which is another file, does not say so.
     */
    boolean isOpenUnderAnother(long lockFile, long self, long boot) {
        long known = words.get(LOCK_FILE_AT);
        boolean speaksOfNow = headChecks() && words.get(BOOT_AT) == boot && words.get(SELF_AT) == self;
        return speaksOfNow && known != 0 && known != lockFile;
    }

    /** Says, for a process that has the store to itself, which lock file it and all to come have; and which this is. */
    void openUnder(long lockFile, long self) {
        words.set(LOCK_FILE_AT, lockFile);
        words.set(SELF_AT, self);
    }

    /** Says that nobody has the store open. */
    void closed() {
        words.set(LOCK_FILE_AT, 0);
    }

    /** A stamp for an append that begins now: greater than all before, and near the wall clock in nanoseconds. */
    long nextStamp() {
        while (true) {
            long last = words.get(STAMP_AT);
            long next = Math.max(last + 1, System.currentTimeMillis() * 1_000_000);
            if (words.compareAndSet(STAMP_AT, last, next)) return next;
        }
    }

    /** The last stamp that was given out. */
    @Override
    public long stamp() {
        return words.get(STAMP_AT);
    }

    /** Makes sure that stamps to come are greater than this one. */
    @Override
    public void advanceStamp(long stamp) {
        words.raise(STAMP_AT, stamp);
    }

    /** Marks up to this stamp are at least ten minutes old, by a clock that nobody can set; 0 where that is unknown. */
    long aged() {
        return words.get(AGED_AT);
    }

    void advanceAged(long stamp) {
        words.raise(AGED_AT, stamp);
    }

    /** Says who is the store's server. */
    void setServer(String who) {
        byte[] text = who.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, SERVER_SIZE - 8);
        bytes.put(SERVER_AT + 8, text, 0, length);
        bytes.putInt(SERVER_AT, length);
        bytes.putInt(SERVER_AT + 4, SegmentFormat.crc(bytes.duplicate(), SERVER_AT + 8, SERVER_AT + 8 + length));
    }

    /** Who said last that he is the store's server; empty where that cannot be read. */
    String server() {
        int length = bytes.getInt(SERVER_AT);
        if (length < 0 || length > SERVER_SIZE - 8) return "";
        byte[] text = new byte[length];
        bytes.get(SERVER_AT + 8, text);
        boolean whole = bytes.getInt(SERVER_AT + 4) == SegmentFormat.crc(ByteBuffer.wrap(text), 0, length);
        return whole ? new String(text, StandardCharsets.UTF_8) : "";
    }

    /** Moves with every append or change that is complete. */
    @Override
    public long commits() {
        return words.get(COMMITS_AT);
    }

    void committed() {
        words.add(COMMITS_AT, 1);
    }

    /** The generation of the manifest in force. */
    @Override
    public long generation() {
        return words.get(GENERATION_AT);
    }

    @Override
    public long announcedGeneration() {
        return generation();
    }

    @Override
    public void raiseGeneration(long generation) {
        words.raise(GENERATION_AT, generation);
        committed();
        words.add(REMOVALS_AT, 2);
    }

    /**
     * Moves with every removal that is complete. While one goes on, or if it was killed, the word is not settled, and
     * says nothing.
     */
    long removals() {
        return words.get(REMOVALS_AT);
    }

    static boolean isSettled(long removals) {
        return (removals & 1) == 0;
    }

    /** To be called before anything is removed, under the exclusive lock. */
    void beginRemoval() {
        if (isSettled(removals())) words.add(REMOVALS_AT, 1);
    }

    void endRemoval() {
        words.add(REMOVALS_AT, 1);
    }

    /** To be called by a process that has just taken the store's lock shared. */
    void enterShared() {
        words.add(SHARERS_AT, 1);
    }

    /** To be called before that lock is given back, when all that was done under it is announced. */
    void leaveShared() {
        words.add(SHARERS_AT, -1);
    }

    /** Whether a process has the lock shared, or died while it had. */
    boolean isShared() {
        return words.get(SHARERS_AT) != 0;
    }

    /** To be called by who has just taken the exclusive lock, and has mended what the dead have left. */
    void beginChange() {
        words.set(SHARERS_AT, 0); // nobody shares it now: those who are counted died
        if (!isChanging()) words.add(CHANGES_AT, 1);
    }

    /** To be called before the exclusive lock is given back, if all that was done under it is announced or undone. */
    void endChange() {
        words.add(CHANGES_AT, 1);
    }

    /** Whether somebody has the exclusive lock, or died while he had. */
    boolean isChanging() {
        return (words.get(CHANGES_AT) & 1) != 0;
    }

    /** Makes all handles look for whatever a process has left that died, or failed, under the store's lock. */
    void lookAgain() {
        settleRemovals();
        segmentCreated();
        committed();
    }

    /**
     * Takes note that {@link #lookAgain} has made good for a dead changer; under the shared lock, that no new one has.
     */
    void changeMended() {
        long changes = words.get(CHANGES_AT);
        if ((changes & 1) != 0) words.compareAndSet(CHANGES_AT, changes, changes + 1); // or somebody else was faster
    }

    /** Whether nobody has the lock, or died or failed while he had; for a process that has the store to itself. */
    boolean isSettled() {
        return !isShared() && !isChanging() && isSettled(removals());
    }

    /** Forgets whoever died, for a process that has the store to itself, and has mended what they left. */
    void settle() {
        changeMended();
        words.set(SHARERS_AT, 0);
    }

    private void settleRemovals() {
        long removals = removals();
        if (!isSettled(removals)) words.compareAndSet(REMOVALS_AT, removals, removals + 1);
    }

    @Override
    public long announceFound(long seen) {
        return isAnnounced() ? seen : moveOn(COMMITS_AT, seen);
    }

    @Override
    public long announceFoundSegment(long seen) {
        return isAnnounced() ? seen : moveOn(CREATED_AT, seen);
    }

    /** Whether all that can be found was announced: whoever gives the lock back has done that before. */
    private boolean isAnnounced() {
        return !isShared() && !isChanging();
    }

    private long moveOn(int at, long seen) {
        if (words.compareAndSet(at, seen, seen + 1)) return seen + 1;
        words.add(at, 1); // others may have looked since it moved, and before this was there
        return seen;
    }

    /** Moves with every segment that is created. */
    @Override
    public long created() {
        return words.get(CREATED_AT);
    }

    void segmentCreated() {
        words.add(CREATED_AT, 1);
    }

    /**
     * Until when, in milliseconds of the wall clock, somebody waits for the exclusive lock and appends should let him
     * pass.
     */
    long exclusiveWantedUntil() {
        return words.get(WANTED_AT);
    }

    void setExclusiveWantedUntil(long millis) {
        words.set(WANTED_AT, millis);
    }

    /**
     * Whether an fsync has failed since the store was last rewritten or dropped: what was written before may be lost
     * with the power.
     */
    boolean syncFailed() {
        return words.get(SYNC_FAILED_AT) != 0;
    }

    void setSyncFailed(boolean failed) {
        words.set(SYNC_FAILED_AT, failed ? 1 : 0);
    }
}
