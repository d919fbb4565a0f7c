package io.partd.base;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ClosingTest {
    private final List<Exception> met = new ArrayList<>();

    private void fail(Exception failure) throws IOException {
        met.add(failure);
        if (failure instanceof IOException io) throw io;
        if (failure instanceof RuntimeException unchecked) throw unchecked;
    }

    @Test
    void allAreClosedAndTheFirstFailureIsThrown() {
        IOException first = new IOException("first");
        IllegalStateException second = new IllegalStateException("second");
        List<Exception> things = List.of(first, second, new Exception("does not fail"));

        IOException thrown = assertThrows(IOException.class, () -> Closing.each(things, this::fail));
        assertSame(first, thrown);
        assertArrayEquals(new Throwable[] {second}, thrown.getSuppressed());
        assertEquals(things, met);
    }

    @Test
    void uncheckedFailuresAreThrownAsTheyAre() {
        IllegalStateException failure = new IllegalStateException("fails");
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> Closing.each(List.of(new Exception(), failure), this::fail)));
    }
}
