package io.partd.file;

import io.partd.Bytes;
import io.partd.Door;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.marks.Mark;
import io.partd.marks.MarkedStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When marks are forgotten, whatever the wall clock does: stamps follow it, and so does the stamp word here. */
class MarkAgesTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long DAY = TimeUnit.DAYS.toNanos(1);

    @TempDir
    Path directory;

    private final LongSupplier real = MarkAges.clock;
    /** What no one can set. */
    private volatile long elapsed = Long.MAX_VALUE - 3 * MINUTE;

    @BeforeEach
    void stopTheClock() {
        MarkAges.clock = () -> elapsed;
    }

    @AfterEach
    void startTheClock() {
        MarkAges.clock = real;
    }

    private static UUID owner(int number) {
        return new UUID(8, number);
    }

    private static void append(FilePartd store, int owner) {
        MarkedStores.of(store)
                .append(Map.of("k", Bytes.utf8("x")), Map.of(), List.of(Mark.of(owner(owner), 1, 0, 1, 1)));
    }

    /** The owners that a store remembers. */
    private static Set<Long> owners(FilePartd store) {
        return Door.marks(store).stream()
                .map(mark -> mark.owner().getLeastSignificantBits())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The wall clock jumps: appends from now on have stamps so much later. */
    private void jump(long nanos) {
        try (Words words = new Words(directory)) {
            words.control.advanceStamp(words.control.stamp() + nanos);
        }
    }

    /** The control file of a store that is open elsewhere. */
    private static final class Words implements AutoCloseable {
        private final FileChannel channel;
        final ControlFile control;

        Words(Path directory) {
            try {
                channel = FileChannel.open(
                        directory.resolve(ControlFile.FILE), StandardOpenOption.READ, StandardOpenOption.WRITE);
                control = new ControlFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, ControlFile.SIZE));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aCompactionKeepsADays() {
        try (FilePartd store = Partds.file(directory)) {
            append(store, 1);
            elapsed += 11 * MINUTE;
            append(store, 2);
            elapsed += 11 * MINUTE; // from now on the first is known to be ten minutes old
            jump(DAY - 20 * MINUTE);
            store.compact();
            assertEquals(Set.of(1L, 2L), owners(store), "not yet a day");
            jump(30 * MINUTE);
            append(store, 3);
            store.compact();
            assertEquals(Set.of(2L, 3L), owners(store), "the second is a day old by its stamp, but not for certain");
            elapsed += 11 * MINUTE;
            append(store, 4);
            store.compact();
            assertEquals(Set.of(3L, 4L), owners(store));
        }
        try (FilePartd store = Partds.file(directory)) {
            assertEquals(Set.of(3L, 4L), owners(store));
        }
    }

    /** A jump of the clock by years makes nothing old at once, not for a process that has just begun either. */
    @Test
    void aJumpForgetsNothing() {
        try (FilePartd store = Partds.file(directory)) {
            append(store, 1);
            jump(1000 * DAY);
            append(store, 2);
            store.compact();
            assertEquals(Set.of(1L, 2L), owners(store));
        }
        try (FilePartd store = Partds.file(directory)) {
            store.compact();
            assertEquals(Set.of(1L, 2L), owners(store));
            elapsed += 9 * MINUTE;
            store.drop();
            assertEquals(Set.of(1L, 2L), owners(store));
        }
    }

    /** The clock was set back: stamps stand still until it has caught up. A day is over all the same. */
    @Test
    void aClockThatStandsStill() {
        try (FilePartd store = Partds.file(directory)) {
            append(store, 1);
            jump(1000 * DAY);
            for (int i = 0; i < 13; i++) {
                append(store, 2 + i);
                elapsed += DAY / 12;
            }
            append(store, 99);
            store.compact();
            Set<Long> owners = owners(store);
            assertFalse(owners.contains(1L), owners.toString());
            assertFalse(owners.contains(2L), owners.toString());
            assertTrue(owners.contains(4L), owners.toString());
        }
    }

    /** Who has had the store open for long tells the others. */
    @Test
    void aProcessThatHasJustBegunKnowsWhatAnotherKnew() {
        try (FilePartd store = Partds.file(directory)) {
            append(store, 1);
            elapsed += 11 * MINUTE;
            append(store, 2);
            elapsed += 11 * MINUTE;
            append(store, 3);
        }
        jump(2 * DAY);
        try (FilePartd store = Partds.file(directory)) {
            append(store, 4);
            store.compact();
            assertEquals(Set.of(2L, 3L, 4L), owners(store));
        }
    }

    /** Memory forgets, too; what is stored comes back at the next opening, until a compaction. */
    @Test
    void aHandleThatStaysOpenForgets() {
        try (FilePartd store = Partds.file(directory)) {
            for (int i = 0; i < 100; i++) append(store, i);
            elapsed += 11 * MINUTE;
            append(store, 1000);
            jump(2 * DAY);
            elapsed += 11 * MINUTE;
            append(store, 1001);
            assertEquals(Set.of(1000L, 1001L), owners(store));
        }
    }

    /** An owner's appends of long ago stay while it is heard of. */
    @Test
    void theStampOfAnOwnerIsItsLast() {
        ControlFile control = new ControlFile(ByteBuffer.allocateDirect(ControlFile.SIZE));
        MarkAges ages = new MarkAges(control, () -> elapsed);
        control.advanceStamp(5 * DAY);
        assertFalse(ages.tick());
        assertEquals(0, ages.forgettable());
        elapsed += 10 * MINUTE;
        assertTrue(ages.tick());
        assertEquals(0, ages.forgettable(), "when this began there was nothing yet");
        elapsed += 10 * MINUTE;
        assertEquals(4 * DAY, ages.forgettable());
        control.advanceStamp(50 * DAY);
        assertEquals(5 * DAY, ages.forgettable(), "no more than is known to be ten minutes old");
    }
}
