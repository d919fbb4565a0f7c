package io.partd.log;

import io.partd.base.Piece;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The value of one key on a far medium: its pieces, and some of their bytes that were read last, so that who goes
 * through them in small steps does not ask for each. Safe for several threads.
 */
final class FarValue {
    /** The most that is kept of a value. */
    private static final long KEPT_BYTES = 8 << 20;
    /** So many pieces' beginnings are read together, if they are no more than half of what is kept. */
    private static final int AHEAD = 64;
    /** The most that a run of small chunks holds: it is read at once. */
    private static final int MAX_RUN = 1 << 20;

    private final List<Piece> pieces = new ArrayList<>();
    /** By piece: the window of it that was read last, least lately used first. */
    private final Map<Piece, Window> windows = new LinkedHashMap<>(16, 0.75f, true);

    private long kept;

    /** Checked bytes of a piece. */
    record Window(long start, ByteBuffer bytes) {
        long end() {
            return start + bytes.limit();
        }
    }

    private FarValue() {}

    /** The pieces of a value that has these chunks: one for each large chunk, and for each run of small ones. */
    static List<Piece> pieces(ChunkList.View chunks, List<Segment> segments, LargeChunks longChunks) {
        FarValue value = new FarValue();
        int runStart = 0;
        int runBytes = 0;
        for (int i = 0; i < chunks.count(); i++) {
            boolean small = chunks.isOneBlock(i);
            int length = small ? chunks.shortLength(i) : 0;
            if (runBytes > 0 && (!small || runBytes + length > MAX_RUN)) {
                value.pieces.add(new FarRun(value, chunks, runStart, i, runBytes, segments));
                runBytes = 0;
            }
            if (runBytes == 0) runStart = i;
            runBytes += length;
            if (!small) {
                long size = chunks.length(i, longChunks);
                long checksAt = chunks.checksAt(i, longChunks);
                Segment segment = segments.get(chunks.segment(i));
                value.pieces.add(new FarPiece(value, value.pieces.size(), segment, chunks.offset(i), size, checksAt));
            }
        }
        if (runBytes > 0) value.pieces.add(new FarRun(value, chunks, runStart, chunks.count(), runBytes, segments));
        return value.pieces;
    }

    /** What was read last of a piece, or null. */
    synchronized Window window(Piece piece) {
        return windows.get(piece);
    }

    /** Keeps what was read of a piece, and forgets what nobody has asked for. */
    synchronized void keep(Piece piece, Window window) {
        Window before = windows.put(piece, window);
        kept += window.bytes().limit() - (before == null ? 0 : before.bytes().limit());
        for (var each = windows.entrySet().iterator(); kept > KEPT_BYTES && each.hasNext(); ) {
            Map.Entry<Piece, Window> eldest = each.next();
            if (eldest.getKey() == piece) continue;
            kept -= eldest.getValue().bytes().limit();
            each.remove();
        }
    }

    /** The pieces whose beginnings are worth reading together with that of the piece at this place, itself first. */
    List<FarPiece> ahead(int place) {
        List<FarPiece> some = new ArrayList<>();
        long bytes = 0;
        for (int i = place; i < pieces.size() && some.size() < AHEAD; i++) {
            if (!(pieces.get(i) instanceof FarPiece piece)) continue;
            bytes += piece.firstBlock();
            if (i > place && (bytes > KEPT_BYTES / 2 || window(piece) != null)) break;
            some.add(piece);
        }
        return some;
    }
}
