package io.partd.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Words of 64 bits in memory that processes share, each named by its place in bytes. */
final class SharedWords {
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Runs before each store to a word: tests halt a process there, where no system call would show it. */
    static volatile Runnable beforeStore = () -> {};

    private final ByteBuffer words;

    SharedWords(ByteBuffer words) {
        this.words = words;
    }

    long get(int at) {
        return (long) WORD.getVolatile(words, at);
    }

    void set(int at, long value) {
        beforeStore.run();
        WORD.setVolatile(words, at, value);
    }

    void add(int at, long delta) {
        beforeStore.run();
        WORD.getAndAdd(words, at, delta);
    }

    boolean compareAndSet(int at, long expected, long value) {
        beforeStore.run();
        return WORD.compareAndSet(words, at, expected, value);
    }

    /** Sees to it that the word is this or more. */
    void raise(int at, long value) {
        long last;
        do {
            last = get(at);
        } while (last < value && !compareAndSet(at, last, value));
    }
}
