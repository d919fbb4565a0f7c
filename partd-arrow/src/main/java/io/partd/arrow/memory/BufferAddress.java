package io.partd.arrow.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * The address of a direct buffer's position 0. Arrow's own way to it needs {@code --add-opens} on every JDK; this one
 * needs no flag: {@code MemorySegment} where the JDK has it (22 on), else the field's offset.
 */
public final class BufferAddress {
    private static final int FIRST_WITH_SEGMENTS = 22;
    private static final MethodHandle OF_BUFFER = find();

    private BufferAddress() {}

    public static long of(ByteBuffer direct) {
        try {
            return (long) OF_BUFFER.invokeExact(direct);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the address of a direct buffer cannot be read", e);
        }
    }

    private static MethodHandle find() {
        try {
            return Runtime.version().feature() >= FIRST_WITH_SEGMENTS ? bySegment() : byField();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle bySegment() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
        MethodHandle ofBuffer = lookup.findStatic(segment, "ofBuffer", MethodType.methodType(segment, Buffer.class));
        // The segment begins at the buffer's position.
        MethodHandle address = lookup.findVirtual(segment, "address", MethodType.methodType(long.class));
        MethodHandle rewound = MethodHandles.lookup()
                .findStatic(BufferAddress.class, "rewound", MethodType.methodType(Buffer.class, ByteBuffer.class));
        return MethodHandles.filterReturnValue(MethodHandles.filterReturnValue(rewound, ofBuffer), address);
    }

    @SuppressWarnings("UnusedMethod") // bySegment names it
    private static Buffer rewound(ByteBuffer buffer) {
        return buffer.position() == 0 ? buffer : buffer.duplicate().position(0);
    }

    private static MethodHandle byField() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field instance = type.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        Object unsafe = instance.get(null);
        long offset = (long) type.getMethod("objectFieldOffset", Field.class)
                .invoke(unsafe, Buffer.class.getDeclaredField("address"));
        MethodHandle getLong = MethodHandles.publicLookup()
                .findVirtual(type, "getLong", MethodType.methodType(long.class, Object.class, long.class))
                .bindTo(unsafe);
        return MethodHandles.insertArguments(getLong, 1, offset)
                .asType(MethodType.methodType(long.class, ByteBuffer.class));
    }
}
