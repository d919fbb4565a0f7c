package io.partd.log;

import io.partd.base.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what several pieces on far media need, together for each segment. */
final class FarReader implements Piece.BulkReader {
    static final FarReader INSTANCE = new FarReader();

    private FarReader() {}

    @Override
    public List<ByteBuffer> read(List<Piece.Range> ranges) {
        ByteBuffer[] buffers = new ByteBuffer[ranges.size()];
        Map<Integer, FarPiece.Blocks> missing = new LinkedHashMap<>();
        for (int i = 0; i < buffers.length; i++) {
            Piece.Range range = ranges.get(i);
            FarPiece piece = (FarPiece) range.piece();
            buffers[i] = piece.fromWindow(range.from(), range.to());
            if (buffers[i] == null) missing.put(i, piece.blocks(range.from(), range.to()));
        }
        readBlocks(missing.values());
        missing.forEach((i, blocks) -> {
            Piece.Range range = ranges.get(i);
            int start = (int) (range.from() - blocks.start);
            buffers[i] = blocks.bytes().slice(start, (int) (range.to() - range.from()));
        });
        return List.of(buffers);
    }

    /** Reads the first blocks of pieces, which keep them. */
    static void readBeginnings(List<FarPiece> pieces) {
        List<FarPiece.Blocks> all = new ArrayList<>(pieces.size());
        for (FarPiece piece : pieces) all.add(piece.blocks(0, 1));
        readBlocks(all);
        for (int i = 0; i < all.size(); i++) pieces.get(i).keepBeginning(all.get(i));
    }

    static void readBlocks(Collection<FarPiece.Blocks> all) {
        Map<Segment, List<FarRead>> reads = new LinkedHashMap<>();
        for (FarPiece.Blocks blocks : all) {
            reads.computeIfAbsent(blocks.segment(), segment -> new ArrayList<>())
                    .addAll(blocks.reads());
        }
        reads.forEach(FarReader::readSegment);
        all.forEach(FarPiece.Blocks::check);
    }

    static void readSegment(Segment segment, List<FarRead> reads) {
        try {
            segment.source.read(reads);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + segment.describe() + ": " + e.getMessage(), e);
        }
    }
}
