package io.partd.codec;

import io.partd.Bytes;
import io.partd.Encoding;
import io.partd.Partd;
import io.partd.Partds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.fail;

/** Every method of the interface reaches the inner store, and what that returns or throws reaches the caller. */
class EncodedPartdForwardingTest {
    private static final Set<String> WRITTEN = Set.of("x");
    private static final TreeSet<String> KEYS = new TreeSet<>(Set.of("x", "y"));
    private static final Lock LOCK = new ReentrantLock();

    /** Two encodings; neither is visible in the results of a store that is asked for nothing but absent values. */
    static Stream<UnaryOperator<Partd<Bytes>>> wrappers() {
        return Stream.of(Partds::zlib, store -> Partds.encode(new Reversed(), store));
    }

    private static final class Reversed implements Encoding<Bytes> {
        @Override
        public Bytes encode(Bytes value) {
            return Bytes.utf8(new StringBuilder(value.toUtf8()).reverse().toString());
        }

        @Override
        public Bytes decode(Bytes bytes) {
            return encode(bytes);
        }

        @Override
        public Bytes join(List<Bytes> values) {
            return Bytes.concat(values);
        }
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void everyMethodReachesTheInnerStore(UnaryOperator<Partd<Bytes>> wrapper) throws ReflectiveOperationException {
        for (Method method : Partd.class.getMethods()) {
            List<String> calls = new ArrayList<>();
            Partd<Bytes> store = wrapper.apply(inner(calls, null));
            Object result = method.invoke(store, arguments(method));
            assertFalse(calls.isEmpty(), method + " never reached the inner store");
            assertResult(method, result);
        }
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void everyFailureOfTheInnerStoreReachesTheCaller(UnaryOperator<Partd<Bytes>> wrapper)
            throws ReflectiveOperationException {
        IllegalStateException failure = new IllegalStateException("failed");
        for (Method method : Partd.class.getMethods()) {
            Partd<Bytes> store = wrapper.apply(inner(new ArrayList<>(), failure));
            try {
                method.invoke(store, arguments(method));
                fail(method + " lost the failure");
            } catch (InvocationTargetException e) {
                assertSame(failure, e.getCause());
            }
        }
    }

    @SuppressWarnings("unchecked") // a proxy of Partd is a Partd of anything
    private static Partd<Bytes> inner(List<String> calls, RuntimeException failure) {
        ClassLoader loader = EncodedPartdForwardingTest.class.getClassLoader();
        return (Partd<Bytes>) Proxy.newProxyInstance(
                loader, new Class<?>[] {Partd.class}, (proxy, method, arguments) -> {
                    if (failure != null) throw failure;
                    calls.add(method.getName());
                    if (method.getReturnType() == Set.class) return WRITTEN;
                    if (method.getReturnType() == java.util.SortedSet.class) return KEYS;
                    if (method.getReturnType() == Lock.class) return LOCK;
                    if (method.getReturnType() == List.class) {
                        return Collections.nCopies(((Collection<?>) arguments[0]).size(), Bytes.EMPTY);
                    }
                    if (method.getReturnType() == Object.class) return Bytes.EMPTY;
                    if (method.getReturnType() == boolean.class) return true;
                    if (method.getReturnType() == long.class) return 7L;
                    return null;
                });
    }

    private static Object[] arguments(Method method) {
        return Stream.of(method.getParameterTypes())
                .map(type -> type == Map.class
                        ? Map.of("x", Bytes.utf8("ab"))
                        : type == String.class ? "x" : type == Collection.class ? List.of("x") : Bytes.utf8("ab"))
                .toArray();
    }

    private static void assertResult(Method method, Object result) {
        Class<?> type = method.getReturnType();
        if (type == void.class) return;
        Object expected = type == Set.class
                ? WRITTEN
                : type == java.util.SortedSet.class
                        ? KEYS
                        : type == Lock.class
                                ? LOCK
                                : type == List.class
                                        ? List.of(Bytes.EMPTY)
                                        : type == Object.class ? Bytes.EMPTY : type == long.class ? 7L : (Object) true;
        assertNotNull(result, method.toString());
        assertEquals(expected, result, method.toString());
    }
}
