package io.partd;

import io.partd.base.Piece;
import io.partd.base.PieceReader;
import io.partd.base.PieceValues;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * An immutable run of bytes, made of one or more pieces that may still lie in a file. Safe for several threads.
 *
 * <p>{@link #of(byte[])} and {@link #of(ByteBuffer...)} do not copy: leave the array or buffer unchanged while the
 * {@code Bytes} is in use. A store copies what is appended, and never hands out what a caller could change. Stored
 * bytes are read, and checked against their checksums, when they are first touched: every method that looks at the
 * bytes may throw {@link CorruptPartdException}.
 */
public final class Bytes {
    static {
        PieceValues.register(Bytes.class, new PieceValues<>() {
            @Override
            public Bytes of(List<Piece> pieces) {
                return ofPieces(pieces);
            }

            @Override
            public Piece[] pieces(Bytes value) {
                return value.pieces;
            }
        });
    }

    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new Piece[0]);

    private static final int PREVIEW = 32;

    private final Piece[] pieces;
    private final long size;

    private Bytes(Piece[] pieces) {
        this.pieces = pieces;
        long sum = 0;
        for (Piece piece : pieces) sum += piece.size();
        this.size = sum;
    }

    /** Returns the bytes of the array, which is not copied. */
    public static Bytes of(byte[] array) {
        return array.length == 0 ? EMPTY : ofPiece(new Piece.InMemory(ByteBuffer.wrap(array)));
    }

    /**
     * Returns the bytes between position and limit of each buffer; they are not copied, and the buffers' positions stay
     * as they are.
     */
    public static Bytes of(ByteBuffer... buffers) {
        List<Piece> pieces = new ArrayList<>(buffers.length);
        for (ByteBuffer buffer : buffers) {
            if (buffer.hasRemaining()) pieces.add(new Piece.InMemory(buffer.duplicate()));
        }
        return ofPieces(pieces);
    }

    /** Returns the UTF-8 bytes of the text. */
    public static Bytes utf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the bytes of all parts, in order; they are not copied. */
    public static Bytes concat(Collection<Bytes> parts) {
        List<Piece> all = new ArrayList<>(parts.size());
        for (Bytes part : parts) Collections.addAll(all, part.pieces);
        return ofPieces(all);
    }

    static Bytes ofPieces(List<Piece> pieces) {
        return pieces.isEmpty() ? EMPTY : new Bytes(pieces.toArray(Piece[]::new));
    }

    private static Bytes ofPiece(Piece piece) {
        return new Bytes(new Piece[] {piece});
    }

    /** Returns the number of bytes; reads none of them. */
    public long size() {
        return size;
    }

    /**
     * Returns a fresh array of all bytes.
     *
     * @throws IllegalArgumentException if they are more than an array can hold: use {@link #newInputStream},
     *     {@link #slice} or {@link #buffers}
     */
    public byte[] toArray() {
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    size
                            + " bytes do not fit in an array of at most 2 GiB: read them with newInputStream(), slice(from, to) or buffers()");
        }
        byte[] array = new byte[(int) size];
        copyTo(ByteBuffer.wrap(array));
        return array;
    }

    /** Returns the bytes as UTF-8 text; malformed bytes become U+FFFD. */
    public String toUtf8() {
        return new String(toArray(), StandardCharsets.UTF_8);
    }

    /**
     * Returns the bytes from one offset (inclusive) to another (exclusive); reads none of them.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= size()}
     */
    public Bytes slice(long from, long to) {
        Objects.checkFromToIndex(from, to, size);
        if (from == 0 && to == size) return this;
        List<Piece> parts = new ArrayList<>();
        long start = 0;
        for (Piece piece : pieces) {
            if (start >= to) break;
            long end = start + piece.size();
            if (end > from) parts.add(piece.slice(Math.max(from, start) - start, Math.min(to, end) - start));
            start = end;
        }
        return from == to ? EMPTY : ofPieces(parts);
    }

    /**
     * Returns the pieces that it is made of, in order, none of them empty; reads none of them. {@link #concat} puts
     * them together again.
     */
    public List<Bytes> parts() {
        if (pieces.length == 1) return List.of(this);
        List<Bytes> parts = new ArrayList<>(pieces.length);
        for (Piece piece : pieces) parts.add(ofPiece(piece));
        return parts;
    }

    /**
     * Returns read-only views of the bytes, in order, none of them empty; stored bytes are read and checked now, and
     * mapped rather than copied where they can be.
     */
    public List<ByteBuffer> buffers() {
        List<ByteBuffer> buffers = new ArrayList<>(pieces.length);
        for (Piece piece : pieces) piece.addBuffers(0, piece.size(), buffers);
        buffers.replaceAll(buffer -> buffer.isReadOnly() ? buffer : buffer.asReadOnlyBuffer());
        return Collections.unmodifiableList(buffers);
    }

    /**
     * Returns a read-only buffer for each of several ranges: a view where its bytes lie together in memory or in a map,
     * else a copy. Where each read of stored bytes costs a request, as it does in HDFS and S3, they are read together.
     *
     * @param bounds the offset where a range begins (inclusive), and where it ends (exclusive), for one after the other
     * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= size()} for each
     * @throws IllegalArgumentException if a range has more than {@code Integer.MAX_VALUE - 8} bytes
     */
    public List<ByteBuffer> buffers(long... bounds) {
        return BytesRanges.read(this, bounds);
    }

    /**
     * Puts all bytes at the position of {@code dst}.
     *
     * @throws IllegalArgumentException if they are more than it has room for; it is then left as it was
     */
    public void copyTo(ByteBuffer dst) {
        if (size > dst.remaining()) {
            throw new IllegalArgumentException(size + " bytes do not fit in a buffer with room for " + dst.remaining());
        }
        for (Piece piece : pieces) piece.copyTo(0, piece.size(), dst);
    }

    /**
     * Returns a stream of the bytes, which reads ahead no more than 64 KiB; it needs no close, and is for one thread.
     */
    public InputStream newInputStream() {
        return new BytesInputStream(this);
    }

    /** Its pieces, for those who do not change the array. */
    Piece[] pieces() {
        return pieces;
    }

    /** A walk through its pieces. */
    PieceReader reader() {
        return new PieceReader(pieces, size);
    }

    /** Says whether the other holds the same bytes, however they are split into pieces. */
    @Override
    public boolean equals(Object other) {
        if (this == other) return true;
        if (!(other instanceof Bytes bytes) || bytes.size != size) return false;
        PieceReader mine = reader();
        PieceReader theirs = bytes.reader();
        while (mine.hasRemaining()) {
            int length = Math.min(mine.remainingHere(), theirs.remainingHere());
            if (!mine.next(length).equals(theirs.next(length))) return false;
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (PieceReader reader = reader(); reader.hasRemaining(); ) {
            ByteBuffer block = reader.next(reader.remainingHere());
            while (block.hasRemaining()) hash = 31 * hash + block.get();
        }
        return hash;
    }

    /** Returns the size and the first bytes: as text where they are printable ASCII, else in hexadecimal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Bytes[").append(size);
        if (size > 0) text.append(": ").append(preview());
        return text.append(']').toString();
    }

    private String preview() {
        byte[] start;
        try {
            start = slice(0, Math.min(size, PREVIEW)).toArray();
        } catch (CorruptPartdException e) {
            return e.getMessage();
        }
        StringBuilder text = new StringBuilder();
        StringBuilder hex = new StringBuilder();
        boolean printable = true;
        for (byte b : start) {
            printable &= b >= ' ' && b <= '~';
            text.append((char) (b & 0xff));
            hex.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        String more = size > PREVIEW ? "..." : "";
        return printable ? '"' + text.toString() + '"' + more : hex + more;
    }
}
