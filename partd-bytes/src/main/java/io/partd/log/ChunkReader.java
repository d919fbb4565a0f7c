package io.partd.log;

import io.partd.base.Piece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes pieces of a key's chunks: those that are kept, or are far, become pieces that are read and checked when they
 * are touched, the others are read and checked now. Used under the catalog's lock.
 */
final class ChunkReader {
    /** The most that a run holds, so that a part of it is soon found. */
    private static final int MAX_RUN = 1 << 20;

    private final List<Segment> segments;
    private final LargeChunks longChunks;
    private ChunkList.View chunks;
    private List<Piece> pieces;
    private int runStart;
    private int runBytes;
    private boolean runKept;

    ChunkReader(List<Segment> segments, LargeChunks longChunks) {
        this.segments = segments;
        this.longChunks = longChunks;
    }

    List<Piece> read(ChunkList.View view) throws IOException {
        if (view.count() > 0 && segments.get(view.segment(0)).source.isFar()) {
            return FarValue.pieces(view, segments, longChunks);
        }
        chunks = view;
        pieces = new ArrayList<>();
        runStart = 0;
        runBytes = 0;
        runKept = true;
        for (int i = 0; i < view.count(); i++) {
            if (view.isOneBlock(i)) {
                addSmall(i); // a piece of its own costs more than a copy
            } else {
                endRun(i);
                addLarge(i);
                runStart = i + 1;
            }
        }
        endRun(view.count());
        return pieces;
    }

    private void addSmall(int i) throws IOException {
        int length = chunks.shortLength(i);
        boolean kept = segments.get(chunks.segment(i)).keeps(chunks.offset(i), length);
        if (runBytes > 0 && (kept != runKept || runBytes + length > MAX_RUN)) endRun(i);
        runKept = kept;
        runBytes += length;
    }

    private void endRun(int end) throws IOException {
        if (runBytes > 0) {
            ChunkRun run = ChunkRun.of(chunks, runStart, end, runBytes, segments);
            pieces.add(runKept ? run : inMemory(run));
        }
        runStart = end;
        runBytes = 0;
    }

    private void addLarge(int i) throws IOException {
        Segment segment = segments.get(chunks.segment(i));
        long offset = chunks.offset(i);
        long length = chunks.length(i, longChunks);
        boolean kept = segment.keeps(offset, length);
        StoredPiece piece = new StoredPiece(segment, offset, length, chunks.checksAt(i, longChunks));
        if (kept) pieces.add(piece);
        else readAll(piece);
    }

    /** Reads a piece that may be deleted before it is touched; one that is too long for one buffer comes in several. */
    private void readAll(StoredPiece piece) {
        for (long at = 0; at < piece.size(); at += 1 << 30) {
            pieces.add(new Piece.InMemory(piece.load(at, Math.min(piece.size(), at + (1 << 30)))));
        }
    }

    private static Piece inMemory(Piece piece) {
        ByteBuffer buffer = ByteBuffer.allocate((int) piece.size());
        piece.copyTo(0, piece.size(), buffer);
        return new Piece.InMemory(buffer.flip());
    }
}
