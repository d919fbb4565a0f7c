package io.partd;

import io.partd.base.Piece;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/** Reads several ranges of bytes at once: those of pieces with one reader together. */
final class BytesRanges {
    private final List<List<ByteBuffer>> buffers = new ArrayList<>();
    private final IdentityHashMap<Piece.BulkReader, Bulk> together = new IdentityHashMap<>();

    /** Ranges for one reader, and where what it gives belongs. */
    private static final class Bulk {
        final List<Piece.Range> ranges = new ArrayList<>();
        final List<Place> places = new ArrayList<>();
    }

    /** A place in the list of a range's buffers. */
    private record Place(List<ByteBuffer> buffers, int at) {}

    private BytesRanges() {}

    static List<ByteBuffer> read(Bytes bytes, long[] bounds) {
        if (bounds.length % 2 != 0) throw new IllegalArgumentException("a range begins, and does not end");
        BytesRanges ranges = new BytesRanges();
        for (int i = 0; i < bounds.length; i += 2) ranges.add(bytes, bounds[i], bounds[i + 1]);
        ranges.together.forEach(BytesRanges::read);
        return ranges.buffers.stream().map(BytesRanges::single).toList();
    }

    private void add(Bytes bytes, long from, long to) {
        Objects.checkFromToIndex(from, to, bytes.size());
        if (to - from > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a range of " + (to - from) + " bytes fits in no buffer: read less");
        }
        List<ByteBuffer> parts = new ArrayList<>();
        buffers.add(parts);
        if (from == to) return;
        for (Piece piece : bytes.slice(from, to).pieces()) add(piece, parts);
    }

    private void add(Piece piece, List<ByteBuffer> parts) {
        Piece.BulkReader reader = piece.bulkReader();
        if (reader == null) {
            piece.addBuffers(0, piece.size(), parts);
            return;
        }
        Bulk bulk = together.computeIfAbsent(reader, each -> new Bulk());
        bulk.ranges.add(Piece.Range.of(piece, 0, piece.size()));
        bulk.places.add(new Place(parts, parts.size()));
        parts.add(null); // until it is read
    }

    private static void read(Piece.BulkReader reader, Bulk bulk) {
        List<ByteBuffer> read = reader.read(bulk.ranges);
        for (int i = 0; i < read.size(); i++) {
            Place place = bulk.places.get(i);
            place.buffers.set(place.at, read.get(i));
        }
    }

    private static ByteBuffer single(List<ByteBuffer> parts) {
        if (parts.size() == 1) return parts.get(0).asReadOnlyBuffer();
        ByteBuffer all = ByteBuffer.allocate(
                parts.stream().mapToInt(ByteBuffer::remaining).sum());
        parts.forEach(all::put);
        return all.flip().asReadOnlyBuffer();
    }
}
