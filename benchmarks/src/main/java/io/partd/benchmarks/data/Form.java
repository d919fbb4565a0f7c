package io.partd.benchmarks.data;

import io.partd.Bytes;
import java.nio.ByteBuffer;

/** What is made of a value. */
public enum Form {
    /** Views of all bytes; a file store has then compared them with their checksums. */
    BUFFERS("buffers") {
        @Override
        public long read(Bytes value) {
            long bytes = 0;
            for (ByteBuffer buffer : value.buffers()) bytes += buffer.remaining();
            return bytes;
        }
    },
    /** A fresh array. */
    ARRAYS("arrays") {
        @Override
        public long read(Bytes value) {
            return value.toArray().length;
        }
    };

    private final String label;

    Form(String label) {
        this.label = label;
    }

    public abstract long read(Bytes value);

    @Override
    public String toString() {
        return label;
    }
}
