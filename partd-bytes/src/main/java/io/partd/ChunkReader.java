package io.partd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes pieces of a key's chunks: those that lie in a map become pieces that are read and checked when they are
 * touched, the others are read and checked now. Used under the catalog's lock.
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
    private boolean runMapped;

    ChunkReader(List<Segment> segments, LargeChunks longChunks) {
        this.segments = segments;
        this.longChunks = longChunks;
    }

    List<Piece> read(ChunkList.View view) throws IOException {
        chunks = view;
        pieces = new ArrayList<>();
        runStart = 0;
        runBytes = 0;
        runMapped = true;
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
        boolean mapped = isMapped(segments.get(chunks.segment(i)), chunks.offset(i), length);
        if (runBytes > 0 && (mapped != runMapped || runBytes + length > MAX_RUN)) endRun(i);
        runMapped = mapped;
        runBytes += length;
    }

    /** Whether a map has the chunk, after mapping more where that pays. */
    private static boolean isMapped(Segment segment, long offset, long length) throws IOException {
        if (offset + length <= segment.windows().end()) return true;
        segment.extendWindows();
        return offset + length <= segment.windows().end();
    }

    private void endRun(int end) throws IOException {
        if (runBytes > 0) {
            ChunkRun run = ChunkRun.of(chunks, runStart, end, runBytes, segments);
            pieces.add(runMapped ? run : inMemory(run));
        }
        runStart = end;
        runBytes = 0;
    }

    private void addLarge(int i) throws IOException {
        Segment segment = segments.get(chunks.segment(i));
        long offset = chunks.offset(i);
        long length = chunks.length(i, longChunks);
        boolean mapped = isMapped(segment, offset, length);
        StoredPiece piece = new StoredPiece(segment, offset, length, chunks.checksAt(i, longChunks));
        if (mapped) pieces.add(piece);
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
