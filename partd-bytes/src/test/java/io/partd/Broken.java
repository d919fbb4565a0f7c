package io.partd;

import io.partd.base.Piece;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Stored bytes that cannot be read when they are touched. */
public record Broken(Supplier<Error> error) implements Piece {

    /** Bytes that are corrupt. */
    public static Bytes bytes() {
        return Bytes.ofPieces(List.of(new Broken(() -> {
            throw new CorruptPartdException("a test", 0, "broken on purpose");
        })));
    }

    /** Bytes that there is no memory for. */
    public static Bytes outOfMemory() {
        return Bytes.ofPieces(List.of(new Broken(() -> new OutOfMemoryError("on purpose"))));
    }

    @Override
    public long size() {
        return 10;
    }

    @Override
    public void copyTo(long from, long to, ByteBuffer dst) {
        throw error.get();
    }

    @Override
    public void addBuffers(long from, long to, Collection<ByteBuffer> out) {
        throw error.get();
    }
}
