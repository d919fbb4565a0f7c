package io.partd.codec;

import io.partd.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames as Python's partd writes them ({@code partd/utils.py}): the payload's length in 8 bytes, little-endian, then
 * the payload.
 */
final class Frames {
    static final int HEADER = Long.BYTES;

    private Frames() {}

    /** The payloads as one run of frames. A payload without bytes gives no frame: the empty value takes no room. */
    static Bytes frame(List<Bytes> payloads) {
        List<Bytes> parts = new ArrayList<>(2 * payloads.size());
        for (Bytes payload : payloads) {
            if (payload.size() == 0) continue;
            parts.add(header(payload.size()));
            parts.add(payload);
        }
        return Bytes.concat(parts);
    }

    private static Bytes header(long length) {
        return Bytes.of(
                ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length));
    }
}
