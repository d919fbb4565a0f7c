package io.partd.arrow;

import io.partd.arrow.testing.BrokenKey;
import io.partd.arrow.testing.FencedMemory;
import io.partd.arrow.testing.LastPage;
import io.partd.arrow.testing.SmallStreams;
import io.partd.testing.OneJdk;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every byte of small streams is changed, and they are cut at every byte. */
@Tag("slow")
class BrokenKeyTest {
    @BeforeEach
    void isWanted() {
        OneJdk.assumeFirst();
    }

    private static Map<String, byte[]> layouts() {
        try (BufferAllocator allocator = new RootAllocator()) {
            return SmallStreams.ofEveryLayout(allocator);
        }
    }

    private static Map<String, byte[]> types() {
        try (BufferAllocator allocator = new RootAllocator()) {
            return SmallStreams.ofEveryType(allocator);
        }
    }

    /** What a byte is changed to. */
    private static byte changed(byte before, int how) {
        return switch (how) {
            case 0 -> (byte) (before ^ 1);
            case 1 -> (byte) (before ^ 0x80);
            case 2 -> (byte) (before + 1);
            case 3 -> 0;
            default -> (byte) 0xff;
        };
    }

    @TestFactory
    Stream<DynamicTest> everyByteIsChanged() {
        return layouts().entrySet().stream()
                .map(stream -> DynamicTest.dynamicTest(stream.getKey(), () -> {
                    try (BrokenKey key = new BrokenKey()) {
                        changeEveryByte(stream.getKey(), stream.getValue(), key);
                        assertTrue(key.refused() > 100, key::counts);
                        assertTrue(key.read() > 100, key::counts);
                    }
                }));
    }

    @Tag("slow")
    @TestFactory
    Stream<DynamicTest> everyByteOfEveryTypeIsChanged() {
        return types().entrySet().stream()
                .map(stream -> DynamicTest.dynamicTest(stream.getKey(), () -> {
                    try (BrokenKey key = new BrokenKey()) {
                        changeEveryByte(stream.getKey(), stream.getValue(), key);
                    }
                }));
    }

    private static void changeEveryByte(String name, byte[] stream, BrokenKey key) {
        for (int at = 0; at < stream.length; at++) {
            for (int how = 0; how < 5; how++) {
                byte[] broken = stream.clone();
                broken[at] = changed(stream[at], how);
                if (broken[at] == stream[at]) continue;
                read(name + ", byte " + at + " is " + broken[at], broken, key);
            }
        }
    }

    private static void read(String what, byte[] broken, BrokenKey key) {
        try {
            key.readAll(broken);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what + ": " + e, e);
        }
    }

    @TestFactory
    Stream<DynamicTest> cutAtEveryByte() {
        return layouts().entrySet().stream()
                .map(stream -> DynamicTest.dynamicTest(stream.getKey(), () -> {
                    try (BrokenKey key = new BrokenKey()) {
                        for (int length = 0; length < stream.getValue().length; length++) {
                            byte[] cut = Arrays.copyOf(stream.getValue(), length);
                            read(stream.getKey() + ", cut to " + length + " bytes", cut, key);
                        }
                        assertTrue(key.refused() > 100, key::counts);
                    }
                }));
    }

    @Test
    void wholeStreamsAreRead() {
        types().forEach((name, stream) -> {
            try (BrokenKey key = new BrokenKey()) {
                key.readAll(stream);
                assertEquals(1, key.refused(), name);
                assertEquals(4, key.read(), name);
            }
        });
    }

    @Test
    void aReadBehindThePageIsNoticed() throws Exception {
        try (LastPage page = new LastPage(1);
                BufferAllocator allocator = new RootAllocator();
                ArrowBuf copy = allocator.buffer(2)) {
            page.put(new byte[] {7});
            long last = page.end() - 1;
            MemoryUtil.copyMemory(last, copy.memoryAddress(), 1);
            assertEquals(7, copy.getByte(0));
            assertTrue(faults(last, copy.memoryAddress()));
        }
    }

    /** Compiled code notices a little later. */
    private static boolean faults(long from, long to) {
        try {
            MemoryUtil.copyMemory(from, to, 2);
            for (int i = 0; i < 1_000; i++) Thread.yield();
            return false;
        } catch (InternalError e) {
            return true;
        }
    }

    @Test
    void aWriteBesideABufferIsNoticed() {
        try (BufferAllocator allocator = FencedMemory.allocator(1_000)) {
            ArrowBuf buffer = allocator.buffer(9);
            long behind = buffer.memoryAddress() + 9;
            byte before = MemoryUtil.getByte(behind);
            MemoryUtil.putByte(behind, (byte) 0);
            assertThrows(AssertionError.class, buffer::close);
            MemoryUtil.putByte(behind, before);
        }
    }
}
