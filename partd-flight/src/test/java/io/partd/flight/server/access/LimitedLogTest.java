package io.partd.flight.server.access;

import io.partd.flight.PartdServer;
import io.partd.flight.testing.Logged;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LimitedLogTest {
    @Test
    void aFewLinesAndThenOneNowAndThen() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
        try (Logged logged = new Logged()) {
            LimitedLog log = new LimitedLog(System.getLogger(PartdServer.class.getName()), clock::get);
            for (int i = 0; i < 1000; i++) log.warn("line " + i);
            assertEquals(10, logged.lines().size());
            clock.addAndGet(TimeUnit.SECONDS.toNanos(4));
            log.warn("too early");
            clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
            log.warn("later");
            log.warn("too many");
            assertEquals(
                    List.of("line 9", "later (991 lines before this one were left out)"),
                    logged.lines().subList(9, logged.lines().size()));
            clock.addAndGet(TimeUnit.DAYS.toNanos(1));
            for (int i = 0; i < 1000; i++) log.warn("next day " + i);
            assertEquals(21, logged.lines().size(), "a quiet time saves no more than the first lines were");
        }
    }
}
