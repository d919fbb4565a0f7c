package io.partd.flight.server.once;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.zip.CRC32C;

/**
 * What an append came with, to know it again: how many bytes, and their CRC32C.
 *
 * @param length the number of bytes
 * @param checksum their CRC32C
 */
public record Content(long length, int checksum) {
    /** That of these bytes, in this order. */
    public static Content of(Collection<ByteBuffer> bytes) {
        CRC32C crc = new CRC32C();
        long length = 0;
        for (ByteBuffer each : bytes) {
            length += each.remaining();
            crc.update(each.duplicate());
        }
        return new Content(length, (int) crc.getValue());
    }
}
