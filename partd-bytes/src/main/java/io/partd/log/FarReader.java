package io.partd.log;

import io.partd.base.Piece;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what several pieces on far media need, together for each segment. */
final class FarReader implements Piece.BulkReader {
    static final FarReader INSTANCE = new FarReader();

    private FarReader() {}

    @Override
    public List<ByteBuffer> read(List<Piece.Range> ranges) {
        List<FarPiece.Blocks> all = new ArrayList<>(ranges.size());
        for (Piece.Range range : ranges) all.add(((FarPiece) range.piece()).blocks(range.from(), range.to()));
        readBlocks(all);
        List<ByteBuffer> buffers = new ArrayList<>(ranges.size());
        for (int i = 0; i < all.size(); i++) {
            Piece.Range range = ranges.get(i);
            int start = (int) (range.from() - all.get(i).start);
            buffers.add(all.get(i).bytes().slice(start, (int) (range.to() - range.from())));
        }
        return buffers;
    }

    /** Reads the first blocks of pieces, which keep them. */
    static void readBeginnings(List<FarPiece> pieces) {
        List<FarPiece.Blocks> all = new ArrayList<>(pieces.size());
        for (FarPiece piece : pieces) all.add(piece.blocks(0, 1));
        readBlocks(all);
        for (int i = 0; i < all.size(); i++) pieces.get(i).keepBeginning(all.get(i));
    }

    static void readBlocks(List<FarPiece.Blocks> all) {
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
