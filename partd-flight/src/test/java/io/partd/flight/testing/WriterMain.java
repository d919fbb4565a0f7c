package io.partd.flight.testing;

import io.partd.Bytes;
import io.partd.flight.FlightPartd;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Appends numbered chunks to a served store: {@code <uri> <writer> <count>}; prints each that was acknowledged. */
public final class WriterMain {
    private WriterMain() {}

    public static void main(String[] args) {
        String writer = args[1];
        int count = Integer.parseInt(args[2]);
        try (FlightPartd store = FlightPartd.connect(URI.create(args[0]))) {
            meet(store);
            for (int i = 0; i < count; i++) {
                Bytes chunk = chunk(writer, i);
                Map<String, Bytes> both = Map.of("shared", chunk, "own" + writer, chunk);
                if (i % 3 == 0) {
                    // Nobody else writes this head: also when it is sent twice, it is this append that wrote it.
                    String key = "first" + writer + "-" + i;
                    if (!store.append(both, Map.of(key, chunk)).contains(key)) {
                        throw new AssertionError("the head of " + key + " was written by another append");
                    }
                } else {
                    store.append(both);
                }
                System.out.println("wrote " + writer + " " + i);
            }
        }
    }

    /** Who was never there is not waited for, and the server may be down just now. */
    private static void meet(FlightPartd store) {
        for (int tries = 0; ; tries++) {
            try {
                store.removals();
                return;
            } catch (UncheckedIOException e) {
                if (tries == 600) throw e;
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    /** Now and then one that needs several messages. */
    public static Bytes chunk(String writer, int number) {
        int padding = number % 50 == 7 ? 1_500_000 : number * 37 % 500;
        return Bytes.utf8(writer + ":" + number + ":" + "x".repeat(padding) + ";");
    }
}
