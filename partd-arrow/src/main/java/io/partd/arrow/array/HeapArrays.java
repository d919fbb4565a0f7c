package io.partd.arrow.array;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Objects;

/**
 * Copies between arrays of one primitive type and raw memory, whatever their bits. It is {@code Unsafe}, as Arrow's own
 * access to memory is, for Arrow copies arrays of bytes only.
 */
final class HeapArrays {
    /** In bytes; the JVM cannot stop for a collection while it copies. */
    private static final long STEP = 1 << 20;

    private static final Object UNSAFE = unsafe();
    private static final MethodHandle COPY = copy();

    static final HeapArrays BYTES = new HeapArrays(byte[].class);

    final Class<?> type;
    final int width;
    private final long base;

    HeapArrays(Class<?> type) {
        this.type = type;
        this.width = constant("arrayIndexScale");
        this.base = constant("arrayBaseOffset");
    }

    /** Fills elements of the array from memory, which has as many. */
    void read(long src, Object array, int from, int count) {
        check(array, from, count);
        copy(null, src, array, base + (long) from * width, (long) count * width);
    }

    /** Copies elements of the array to memory, which has room for them. */
    void write(Object array, int from, int count, long dst) {
        check(array, from, count);
        copy(array, base + (long) from * width, null, dst, (long) count * width);
    }

    private void check(Object array, int from, int count) {
        if (array.getClass() != type) throw new IllegalArgumentException(array.getClass() + " is not " + type);
        Objects.checkFromIndexSize(from, count, Array.getLength(array));
    }

    private static void copy(Object src, long srcAt, Object dst, long dstAt, long bytes) {
        try {
            for (long done = 0; done < bytes; done += STEP) {
                COPY.invokeExact(src, srcAt + done, dst, dstAt + done, Math.min(STEP, bytes - done));
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("an array cannot be copied", e);
        }
    }

    private int constant(String method) {
        try {
            return (int) UNSAFE.getClass().getMethod(method, Class.class).invoke(UNSAFE, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("how arrays lie in memory is not known", e);
        }
    }

    private static MethodHandle copy() {
        MethodType copyMemory =
                MethodType.methodType(void.class, Object.class, long.class, Object.class, long.class, long.class);
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(UNSAFE.getClass(), "copyMemory", copyMemory)
                    .bindTo(UNSAFE);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static Object unsafe() {
        try {
            Field instance = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return instance.get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
