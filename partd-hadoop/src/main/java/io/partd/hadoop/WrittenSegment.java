package io.partd.hadoop;

import io.partd.log.SealedSegment;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A segment that a task has written, and that nobody sees before it is committed: what a {@link Commit} needs to know
 * of it. To be sent to whoever commits, by Java's serialization. Immutable.
 */
public final class WrittenSegment implements Serializable {
    private static final long serialVersionUID = 1;

    private final String name;
    private final long length;
    private final long dataEnd;
    private final long lastStamp;
    private final long valueBytes;
    private final long sealedMillis;
    private final byte[] index;

    WrittenSegment(SealedSegment sealed, long sealedMillis) {
        this.name = sealed.name();
        this.length = sealed.length();
        this.dataEnd = sealed.dataEnd();
        this.lastStamp = sealed.lastStamp();
        this.valueBytes = sealed.valueBytes();
        this.sealedMillis = sealedMillis;
        this.index = new byte[sealed.index().remaining()];
        sealed.index().duplicate().get(index);
    }

    SealedSegment sealed() {
        ByteBuffer entries = ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN);
        return new SealedSegment(name, length, 0, dataEnd, lastStamp, valueBytes, entries);
    }

    /** When it was sealed, by the clock of the task's machine. */
    long sealedMillis() {
        return sealedMillis;
    }

    /** Returns the name of its file in the store's directory. */
    public String name() {
        return name;
    }

    /** Returns the size of its file. */
    public long length() {
        return length;
    }

    /** Returns the size of all values in it. */
    public long bytes() {
        return valueBytes;
    }

    /** Returns the class, the name and the length. */
    @Override
    public String toString() {
        return "WrittenSegment[" + name + ", " + length + " bytes]";
    }
}
