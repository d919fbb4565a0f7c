package io.partd;

import io.partd.memory.BufferPartd;
import io.partd.testing.ForwardingPartd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/**
 * Points 9, 10 and 12 as far as layers are concerned: what a store does when the one below it is broken, is full or
 * fails to close.
 */
class LayersTest {
    private final List<String> closed = new ArrayList<>();

    /** A store that fails when it is told to. */
    private final class Failing extends ForwardingPartd<Bytes> {
        private final UncheckedIOException onClose;
        private boolean full;

        Failing(String name, boolean failsToClose) {
            super(Partds.dict());
            this.onClose = failsToClose ? new UncheckedIOException(name, new IOException(name)) : null;
        }

        @Override
        public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
            if (full) throw new UncheckedIOException("no space left", new IOException("no space left"));
            return inner.append(values, heads);
        }

        @Override
        public void close() {
            closed.add(onClose == null ? "well" : onClose.getMessage());
            inner.close();
            if (onClose != null) throw onClose;
        }
    }

    static List<UnaryOperator<Partd<Bytes>>> wrappers() {
        return List.of(
                Partds::zlib,
                Partds::bz2,
                Partds::snappy,
                Partds::blosc,
                Partds::lz4,
                Partds::zstd,
                store -> Partds.encode(new BytesEncoding(), store),
                store -> Partds.buffer(Partds.dict(), store, 10),
                store -> Partds.snappy(Partds.buffer(Partds.dict(), Partds.zlib(store), 0)));
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void closingClosesWhatIsBelow(UnaryOperator<Partd<Bytes>> wrapper) {
        Partd<Bytes> store = wrapper.apply(new Failing("below", false));
        store.close();
        assertEquals(List.of("well"), closed);
        store.close();
    }

    @Test
    void closingClosesBothStoresOfABufferAndSuppressesTheLaterFailure() {
        Failing fast = new Failing("fast", true);
        Failing slow = new Failing("slow", true);
        Partd<Bytes> buffer = Partds.buffer(fast, slow, 1000);
        UncheckedIOException failure = assertThrows(UncheckedIOException.class, buffer::close);
        assertEquals(List.of("fast", "slow"), closed.stream().sorted().toList());
        assertSame(failure == fast.onClose ? slow.onClose : fast.onClose, failure.getSuppressed()[0]);
        buffer.close();
        assertEquals(2, closed.size(), "not a second time");
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void aFullStoreBelowFailsTheAppendLosesNothingAndWorksAgainWithRoom(UnaryOperator<Partd<Bytes>> wrapper) {
        Failing below = new Failing("below", false);
        try (Partd<Bytes> store = wrapper.apply(below)) {
            store.append(Map.of("a", Bytes.utf8("1"), "b", Bytes.utf8("earlier")));
            below.full = true;
            Map<String, Bytes> large =
                    Map.of("a", Bytes.utf8("refused, and too large for memory"), "c", Bytes.utf8("2"));
            assertThrows(UncheckedIOException.class, () -> store.append(large));
            assertEquals(List.of("1", "earlier", ""), texts(store.get(List.of("a", "b", "c"))));
            below.full = false;
            store.append(large);
            store.flush();
            assertEquals(
                    List.of("1refused, and too large for memory", "earlier", "2"),
                    texts(store.get(List.of("a", "b", "c"))));
        }
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void whatWasNotWrittenThroughACodecIsNotReadThroughIt(UnaryOperator<Partd<Bytes>> wrapper) {
        Partd<Bytes> below = Partds.dict();
        byte[] garbage = new byte[300];
        Arrays.fill(garbage, (byte) 0x7f);
        below.append("a", Bytes.of(garbage));
        try (Partd<Bytes> store = wrapper.apply(below)) {
            if (store instanceof BufferPartd)
                assertArrayEquals(garbage, store.get("a").toArray());
            else assertThrows(CorruptPartdException.class, () -> store.get("a").toArray());
        }
    }

    private static List<String> texts(List<Bytes> values) {
        return values.stream().map(Bytes::toUtf8).toList();
    }

    /** Bytes as they are. */
    private static final class BytesEncoding implements Encoding<Bytes> {
        @Override
        public Bytes encode(Bytes value) {
            return value;
        }

        @Override
        public Bytes decode(Bytes bytes) {
            return bytes;
        }

        @Override
        public Bytes join(List<Bytes> values) {
            return Bytes.concat(values);
        }
    }
}
