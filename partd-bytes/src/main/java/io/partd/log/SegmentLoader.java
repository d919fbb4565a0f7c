package io.partd.log;

import io.partd.CorruptPartdException;
import io.partd.base.Log;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/**
 * Brings the records of segments into an index: from a footer, from a sidecar, or by a walk through the records. Nobody
 * can be asked here whether a writer is alive: any of them may be, so that no end of a segment is taken for the last,
 * and nothing is kept of a walk. Where the power may have failed since a segment was begun, or it is a copy, what it
 * lacks for that ends the walk.
 */
public class SegmentLoader {
    private final Medium medium;
    /** The greatest stamp of what was passed over as too new. */
    private long tooNew = Long.MIN_VALUE;

    /** A loader of segments that lie there. */
    public SegmentLoader(Medium medium) {
        this.medium = medium;
    }

    /** Brings a segment in that was just found, up to a stamp. */
    final void load(Segment segment, boolean hasSidecar, Index index, int number, long snapshot) throws IOException {
        if (!loadFinished(segment, hasSidecar, index, number, snapshot))
            loadUnfinished(segment, index, number, snapshot);
    }

    /** Brings a segment in that has no index that can be trusted, up to a stamp. */
    void loadUnfinished(Segment segment, Index index, int number, long snapshot) throws IOException {
        scan(segment, index, number, snapshot);
    }

    /** Whether the segment's writer may still write to it. */
    boolean isAlive(Segment segment) {
        return true;
    }

    /** Reads what was appended to a segment since the last time, up to a stamp. */
    final void scan(Segment segment, Index index, int number, long snapshot) throws IOException {
        long size = medium.size(segment.name);
        if (size == segment.scanned) return;
        walk(scanner(segment, size), segment, index, number, snapshot);
    }

    /** A walk through what was not read of a segment whose writer may be alive. */
    SegmentScanner scanner(Segment segment, long size) throws IOException {
        SegmentScanner scanner = walkFrom(segment, segment.scanned, size);
        if (isUnchanged(segment, segment.header.incarnation())) return scanner;
        long known = syncedUpTo(walkFrom(segment, segment.scanned, size));
        return scanner.afterPowerLoss(Math.max(segment.synced, known));
    }

    static SegmentScanner walkFrom(Segment segment, long position, long size) {
        return new SegmentScanner(segment.source, segment.header.id(), position, size);
    }

    private boolean isTooNew(long stamp, long snapshot) {
        if (stamp <= snapshot) return false;
        tooNew = Math.max(tooNew, stamp);
        return true;
    }

    /** The greatest stamp of what was passed over as too new. */
    public final long tooNew() {
        return tooNew;
    }

    /** Takes all records up to a stamp; false where one with a later stamp follows. */
    final boolean walk(SegmentScanner scanner, Segment segment, Index index, int number, long snapshot)
            throws IOException {
        for (RecordHeader record = scanner.peek(); record != null; record = scanner.peek()) {
            if (record.kind() == RecordHeader.FOOTER) {
                segment.synced = Math.max(segment.synced, record.synced());
                segment.finished = true;
                return true;
            }
            if (isTooNew(record.stamp(), snapshot)) return false;
            scanner.addTo(index, number);
            scanner.take();
            segment.scanned = scanner.position();
            segment.synced = Math.max(segment.synced, record.synced());
        }
        return true;
    }

    /**
     * Uses the index that the segment's writer or an earlier recovery has left, if there is one and it can be trusted.
     */
    private boolean loadFinished(Segment segment, boolean hasSidecar, Index index, int number, long snapshot)
            throws IOException {
        long size = medium.size(segment.name);
        ByteBuffer sidecar = hasSidecar ? loadSidecar(segment) : null;
        Footer trailer =
                sidecar == null ? Footer.find(segment.source, size, segment.header.id()) : trailerOf(sidecar, segment);
        if (trailer == null || trailer.dataEnd() > size || trailer.dataEnd() < SegmentHeader.SIZE) return false;
        if (isTooNew(trailer.lastStamp(), snapshot)) return false; // some of it is not to be seen yet
        if (sidecar == null && !isTrusted(segment, trailer)) return false;
        ByteBuffer bytes = sidecar == null ? readFooter(segment, trailer, size) : sidecar;
        if (bytes == null || trailer.indexBytes() < 0 || bytes.remaining() < trailer.indexBytes()) return false;
        bytes.limit(bytes.position() + trailer.indexBytes());
        if (SegmentFormat.crc(bytes, bytes.position(), bytes.limit()) != trailer.indexCrc()) return false;
        IndexCodec.decode(bytes, index, number, segment.start, trailer, 0, segment.describe());
        segment.scanned = trailer.dataEnd();
        segment.synced = Math.max(segment.start, trailer.synced());
        segment.finished = true;
        return true;
    }

    /** Bytes that were not synced may be lost if the machine was started anew since, or the file is a copy. */
    private boolean isTrusted(Segment segment, Footer trailer) throws IOException {
        return trailer.synced() >= trailer.dataEnd() || isUnchanged(segment, trailer.incarnation());
    }

    final boolean isUnchanged(Segment segment, long incarnation) throws IOException {
        return incarnation != 0 && incarnation == medium.incarnation(segment.name);
    }

    private ByteBuffer readFooter(Segment segment, Footer trailer, long size) throws IOException {
        long from = trailer.dataEnd() + RecordHeader.SIZE;
        long length = size - Footer.SIZE - from;
        if (trailer.indexBytes() < 0
                || trailer.indexBytes() > SegmentFormat.MAX_DIRECTORY
                || length < trailer.indexBytes()) return null;
        ByteBuffer bytes = SegmentFormat.allocate(trailer.indexBytes());
        segment.source.read(from, bytes);
        return bytes.flip();
    }

    /** The sidecar, or null where it does not check: it can be made again. */
    private ByteBuffer loadSidecar(Segment segment) throws IOException {
        String name = segment.name + SegmentFormat.SIDECAR;
        if (medium.size(name) > SegmentFormat.MAX_DIRECTORY + Footer.SIZE) return null;
        ByteBuffer bytes = medium.load(name);
        return bytes.limit() < Footer.SIZE || trailerOf(bytes, segment) == null ? null : bytes;
    }

    private static Footer trailerOf(ByteBuffer sidecar, Segment segment) {
        return Footer.read(sidecar, sidecar.capacity() - Footer.SIZE, segment.header.id());
    }

    static long syncedUpTo(SegmentScanner scanner) throws IOException {
        long synced = 0;
        try {
            for (RecordHeader record = scanner.peek(); record != null; record = scanner.peek()) {
                if (record.kind() == RecordHeader.FOOTER) break;
                synced = Math.max(synced, record.synced());
                scanner.take();
            }
        } catch (CorruptPartdException e) {
            Log.get().log(Level.DEBUG, "recovering, and found {0}", e.getMessage()); // the second walk judges it
        }
        return synced;
    }
}
