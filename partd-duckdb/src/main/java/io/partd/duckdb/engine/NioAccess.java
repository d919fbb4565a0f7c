package io.partd.duckdb.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Lets Arrow's structs of the C data interface read and write memory as direct buffers, for which Arrow asks users for
 * the flag {@code --add-opens=java.base/java.nio=ALL-UNNAMED}. Where the flag is not given, the package is opened here.
 */
final class NioAccess {
    private static final String FLAG = "--add-opens=java.base/java.nio=ALL-UNNAMED";
    private static final int FIRST_WITH_LONG_CAPACITY = 21;

    private NioAccess() {}

    /**
     * Does it, once for the JVM; it costs nothing when it was done.
     *
     * @throws IllegalStateException if this JVM does not let it, saying which flag to add
     */
    static synchronized void open() {
        Module base = Object.class.getModule();
        try {
            // Before Arrow looks at it for the first time, which it does once.
            if (!base.isOpen("java.nio", MemoryUtil.class.getModule())) openPackage(base);
            if (!isOpen()) giveConstructor();
        } catch (Throwable e) {
            throw refused(e);
        }
        if (!isOpen()) throw refused(null);
    }

    private static IllegalStateException refused(Throwable cause) {
        return new IllegalStateException(
                "Arrow cannot hand tables to DuckDB on Java "
                        + Runtime.version().feature() + ": start it with " + FLAG,
                cause);
    }

    private static boolean isOpen() {
        try {
            return MemoryUtil.directBuffer(0, 0) != null;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    private static void openPackage(Module base) throws Throwable {
        Field trusted = Lookup.class.getDeclaredField("IMPL_LOOKUP");
        Unsafe unsafe = new Unsafe();
        Lookup lookup = (Lookup) unsafe.get(trusted);
        lookup.findVirtual(Module.class, "implAddOpens", MethodType.methodType(void.class, String.class))
                .invoke(base, "java.nio");
    }

    /** Where Arrow looked before the package was open, it found no constructor, and would not look again. */
    private static void giveConstructor() throws Throwable {
        Class<?> capacity = Runtime.version().feature() >= FIRST_WITH_LONG_CAPACITY ? long.class : int.class;
        Constructor<?> constructor =
                Class.forName("java.nio.DirectByteBuffer").getDeclaredConstructor(long.class, capacity);
        constructor.setAccessible(true);
        new Unsafe().put(MemoryUtil.class.getDeclaredField("DIRECT_BUFFER_CONSTRUCTOR"), constructor);
    }

    /** {@code sun.misc.Unsafe}, which Arrow works with too, by reflection: javac warns of the class itself. */
    private static final class Unsafe {
        private final Class<?> type;
        private final Object instance;

        Unsafe() throws ReflectiveOperationException {
            type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            instance = field.get(null);
        }

        Object get(Field field) throws Throwable {
            return call("getObject", MethodType.methodType(Object.class, Object.class, long.class))
                    .invoke(instance, base(field), offset(field));
        }

        void put(Field field, Object value) throws Throwable {
            call("putObject", MethodType.methodType(void.class, Object.class, long.class, Object.class))
                    .invoke(instance, base(field), offset(field), value);
        }

        private Object base(Field field) throws Throwable {
            return call("staticFieldBase", MethodType.methodType(Object.class, Field.class))
                    .invoke(instance, field);
        }

        private long offset(Field field) throws Throwable {
            return (long) call("staticFieldOffset", MethodType.methodType(long.class, Field.class))
                    .invoke(instance, field);
        }

        private MethodHandle call(String name, MethodType how) throws ReflectiveOperationException {
            return MethodHandles.publicLookup().findVirtual(type, name, how);
        }
    }
}
