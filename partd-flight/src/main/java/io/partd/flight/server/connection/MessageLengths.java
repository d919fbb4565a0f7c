package io.partd.flight.server.connection;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Reads from a call's bytes, as they come, how long its messages are (gRPC's prefix of each). For one thread. */
final class MessageLengths {
    static final int PREFIX = 5;

    private int[] lengths = new int[4];
    private int first;
    private int count;
    private long body;
    private int prefix;
    private int length;

    /** Looks at the next bytes. */
    void read(ByteBuf data) {
        int at = data.readerIndex();
        int end = data.writerIndex();
        while (at < end) {
            if (body > 0) {
                int skipped = (int) Math.min(body, end - at);
                body -= skipped;
                at += skipped;
            } else {
                prefix(data.getUnsignedByte(at++));
            }
        }
    }

    private void prefix(int next) {
        if (prefix > 0) length = length << 8 | next;
        prefix++;
        if (prefix < PREFIX) return;
        add(length);
        body = Integer.toUnsignedLong(length);
        prefix = 0;
        length = 0;
    }

    private void add(int added) {
        if (count == lengths.length) {
            lengths = Arrays.copyOf(rotated(), 2 * count);
            first = 0;
        }
        lengths[(first + count++) % lengths.length] = added;
    }

    private int[] rotated() {
        int[] ordered = new int[count];
        for (int i = 0; i < count; i++) ordered[i] = lengths[(first + i) % lengths.length];
        return ordered;
    }

    boolean hasNext() {
        return count > 0;
    }

    /** The length of the first message that has not been asked after yet: there has to be one. */
    long next() {
        long next = Integer.toUnsignedLong(lengths[first]);
        first = (first + 1) % lengths.length;
        count--;
        return next;
    }
}
