package io.partd.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** Reads the ends of segments' bytes, for tests that cut or change them. */
public final class SegmentParts {
    /** The size of a segment's header. */
    public static final int HEADER = SegmentHeader.SIZE;

    /** The size of a footer. */
    public static final int FOOTER = Footer.SIZE;

    private SegmentParts() {}

    /** Returns the bytes as the format has them. */
    public static ByteBuffer wrap(byte[] segment) {
        return ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Says whether the header is that of a compaction's output. */
    public static boolean isCompacted(byte[] segment) {
        return header(wrap(segment)).compacted();
    }

    private static SegmentHeader header(ByteBuffer segment) {
        return SegmentHeader.read(segment, "segment");
    }

    /** Returns the size of the index in the footer, if there is a footer. */
    public static OptionalInt indexBytes(ByteBuffer segment) {
        Footer footer =
                Footer.read(segment, segment.limit() - FOOTER, header(segment).id());
        return footer == null ? OptionalInt.empty() : OptionalInt.of(footer.indexBytes());
    }
}
