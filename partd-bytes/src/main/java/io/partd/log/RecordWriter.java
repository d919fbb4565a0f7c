package io.partd.log;

import io.partd.base.Piece;
import io.partd.base.PieceReader;
import io.partd.marks.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes records, through one direct buffer. A record that fits is copied there, checksummed while it is in the cache,
 * and written by one call. For a larger one, or one of large direct buffers, the checksums come first; then direct
 * buffers go to the file as they are, and the others through the buffer. For one thread.
 *
 * <p>A record that takes several writes is written in whole pages: the system may keep a page as it was between two
 * writes when the power goes, and then the page must not have a part of the record.
 */
public final class RecordWriter {
    /** Room for 1 MiB of values and their directory: about what a core's second-level cache holds. */
    private static final int STAGING = (1 << 20) + (64 << 10);
    /** Direct buffers of this size and more are not worth a copy. */
    private static final int GATHER = 16 << 10;

    private static final int MAX_GATHER = 256;
    /** A page of the system is this, or a multiple. */
    private static final int PAGE = 4 << 10;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer[] gathered = new ByteBuffer[MAX_GATHER];
    private final byte[] heldBack = new byte[PAGE];
    private ByteBuffer staging;
    private int count;
    /** Where the bytes begin that were staged since the last buffer was gathered. */
    private int staged;
    /** Up to where the file is written. */
    private long written;

    /**
     * Appends a record to a file of {@code position} bytes, and the segment's header before the first; gives the
     * position behind it. The log gets its directory, also where the write fails.
     */
    long write(
            Sink out,
            long position,
            SegmentHeader segment,
            RecordContent batch,
            long stamp,
            long synced,
            DirectoryLog log)
            throws IOException {
        written = position;
        int start = position == 0 ? SegmentHeader.SIZE : 0;
        int directoryAt = start + RecordHeader.SIZE;
        int payloadAt = directoryAt + batch.directoryBytes();
        boolean whole = start + batch.recordBytes() <= STAGING && !isMostlyDirect(batch);
        prepare(whole ? (int) (start + batch.recordBytes()) : Math.max(STAGING, payloadAt));
        if (whole) stage(batch, directoryAt, payloadAt);
        else checksum(batch, directoryAt, payloadAt);
        if (start > 0) segment.writeTo(staging, 0);
        RecordHeader record = new RecordHeader(
                batch.kind,
                batch.directoryEntries(),
                batch.directoryBytes(),
                batch.payloadBytes(),
                stamp,
                position + start,
                synced,
                SegmentFormat.crc(staging, directoryAt, payloadAt));
        record.writeTo(staging, start, segment.id());
        log.add(staging, start, payloadAt);
        if (whole) staging.position((int) (start + batch.recordBytes()));
        else writePayloads(out, batch);
        flush(out);
        return record.end();
    }

    private void prepare(int size) {
        if (staging == null || staging.capacity() < size) {
            staging = ByteBuffer.allocateDirect(Math.max(size, Math.min(STAGING, 2 * size)))
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        staging.clear();
        count = 0;
        staged = 0;
    }

    /** Whether the values are large direct buffers, to judge by the last of them. */
    private static boolean isMostlyDirect(RecordContent batch) {
        int count = batch.entries.size();
        if (count == 0 || batch.payloadBytes() < (long) GATHER * count) return false;
        for (Piece piece : batch.entries.get(count - 1).pieces()) {
            if (piece instanceof Piece.InMemory here && isWorthGathering(here.buffer())) return true;
        }
        return false;
    }

    private static boolean isWorthGathering(ByteBuffer buffer) {
        return buffer.isDirect() && buffer.remaining() >= GATHER;
    }

    /** Puts directory and payloads in their places. */
    private void stage(RecordContent batch, int directoryAt, int payloadAt) {
        ByteBuffer checked = staging.duplicate();
        int entryAt = directoryAt;
        int at = payloadAt;
        for (RecordContent.Entry entry : batch.entries) {
            int length = (int) entry.size();
            int checksAt = startEntry(entry, entryAt, at - payloadAt);
            if (length > 0) {
                stagePayload(entry, at, length);
                checksAt = putChecks(checked, at, at + length, checksAt);
                at = (int) SegmentFormat.align(at + length);
            }
            entryAt = endEntry(entry, checksAt);
        }
        staging.clear();
        pad(putMarks(batch, entryAt));
    }

    /** Puts a payload in its place, and zeros up to where the next one may begin: they come first, as one word. */
    private void stagePayload(RecordContent.Entry entry, int at, int length) {
        int end = (int) SegmentFormat.align(at + length);
        if (end > at + length) staging.putLong(end - Long.BYTES, 0);
        Piece[] pieces = entry.pieces();
        if (pieces.length == 1 && pieces[0] instanceof Piece.InMemory here) {
            staging.put(at, here.buffer(), here.buffer().position(), length); // small chunks are mostly such
            return;
        }
        staging.position(at);
        for (Piece piece : pieces) piece.copyTo(0, piece.size(), staging);
    }

    private int putChecks(ByteBuffer checked, int from, int to, int checksAt) {
        crc.reset();
        if (to - from <= SegmentFormat.MIN_BLOCK) {
            crc.update(checked.limit(to).position(from));
            return putCheck(checksAt);
        }
        int block = SegmentFormat.blockSize(to - from);
        int next = checksAt;
        for (int at = from; at < to; at += block) {
            crc.update(checked.limit(Math.min(to, at + block)).position(at));
            next = putCheck(next);
        }
        return next;
    }

    private int putMarks(RecordContent batch, int at) {
        int end = at;
        for (Mark mark : batch.marks) end = MarkEntry.write(staging, end, mark);
        return end;
    }

    private int startEntry(RecordContent.Entry entry, int at, long payloadOffset) {
        DirectoryEntry.write(staging, at, entry.keyLength(), entry.head(), payloadOffset, entry.size());
        return at + DirectoryEntry.SIZE;
    }

    /** Puts the key behind its entry; gives the place behind that. */
    private int endEntry(RecordContent.Entry entry, int at) {
        String key = entry.key();
        if (entry.keyLength() == key.length()) {
            putAscii(staging, at, key);
        } else {
            staging.put(at, key.getBytes(StandardCharsets.UTF_8), 0, entry.keyLength());
        }
        return at + entry.keyLength();
    }

    private static void putAscii(ByteBuffer dst, int at, String key) {
        int length = key.length();
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            int word = key.charAt(i) | key.charAt(i + 1) << 8 | key.charAt(i + 2) << 16 | key.charAt(i + 3) << 24;
            dst.putInt(at + i, word);
        }
        for (; i < length; i++) dst.put(at + i, (byte) key.charAt(i));
    }

    /** Zeros up to where the next payload may begin. */
    private int pad(int from) {
        int to = (int) SegmentFormat.align(from);
        for (int i = from; i < to; i++) staging.put(i, (byte) 0);
        return to;
    }

    /** Puts the directory in its place, reading all values once. */
    private void checksum(RecordContent batch, int directoryAt, int payloadAt) {
        int entryAt = directoryAt;
        long offset = 0;
        for (RecordContent.Entry entry : batch.entries) {
            int checksAt = startEntry(entry, entryAt, offset);
            checksAt = putChecks(entry, checksAt);
            entryAt = endEntry(entry, checksAt);
            offset += SegmentFormat.align(entry.size());
        }
        pad(putMarks(batch, entryAt));
        staging.limit(staging.capacity()).position(payloadAt);
    }

    private int putChecks(RecordContent.Entry entry, int at) {
        int checksAt = at;
        int block = SegmentFormat.blockSize(entry.size());
        int left = block;
        crc.reset();
        for (PieceReader reader = new PieceReader(entry.pieces(), entry.size()); reader.hasRemaining(); ) {
            ByteBuffer part = reader.next(reader.remainingHere());
            for (int end = part.limit(); part.position() < end; ) {
                int length = Math.min(left, end - part.position());
                crc.update(part.limit(part.position() + length));
                left -= length;
                if (left > 0) continue;
                checksAt = putCheck(checksAt);
                left = block;
            }
        }
        return left < block ? putCheck(checksAt) : checksAt;
    }

    /** Puts the checksum of what came since the last one; gives the place behind it. */
    private int putCheck(int at) {
        staging.putInt(at, (int) crc.getValue());
        crc.reset();
        return at + 4;
    }

    /** Gathers the payloads behind what is staged; writes pages whenever the buffer or the list is full. */
    private void writePayloads(Sink out, RecordContent batch) throws IOException {
        for (RecordContent.Entry entry : batch.entries) {
            for (PieceReader reader = new PieceReader(entry.pieces(), entry.size()); reader.hasRemaining(); ) {
                if (count > MAX_GATHER - 3 || !staging.hasRemaining()) flushPages(out);
                ByteBuffer part = reader.next(reader.remainingHere());
                if (isWorthGathering(part)) gather(part);
                else stage(out, part);
            }
            int padding = (int) (SegmentFormat.align(entry.size()) - entry.size());
            if (staging.remaining() < padding) flushPages(out);
            for (int i = 0; i < padding; i++) staging.put((byte) 0);
        }
    }

    private void gather(ByteBuffer part) {
        gatherStaged();
        gathered[count++] = part;
    }

    private void stage(Sink out, ByteBuffer part) throws IOException {
        while (part.remaining() > staging.remaining()) {
            int room = staging.remaining();
            staging.put(part.slice(part.position(), room));
            part.position(part.position() + room);
            flushPages(out);
        }
        staging.put(part);
    }

    private void gatherStaged() {
        if (staging.position() == staged) return;
        gathered[count++] = staging.slice(staged, staging.position() - staged);
        staged = staging.position();
    }

    /** Writes up to the end of a page, and keeps the rest. */
    private void flushPages(Sink out) throws IOException {
        gatherStaged();
        long end = written;
        for (int i = 0; i < count; i++) end += gathered[i].remaining();
        int rest = (int) (end % PAGE);
        holdBack(rest);
        flush(out);
        written = end - rest;
        staging.put(heldBack, 0, rest);
    }

    /** Takes so many bytes off the end of what is gathered. */
    private void holdBack(int rest) {
        for (int left = rest, i = count - 1; left > 0; i--) {
            ByteBuffer last = gathered[i];
            int taken = Math.min(left, last.remaining());
            left -= taken;
            last.get(last.limit() - taken, heldBack, left, taken).limit(last.limit() - taken);
        }
    }

    private void flush(Sink out) throws IOException {
        gatherStaged();
        try {
            out.write(gathered, count);
        } finally {
            Arrays.fill(gathered, 0, count, null); // callers' buffers are not kept
        }
        count = 0;
        staged = 0;
        staging.clear();
    }
}
