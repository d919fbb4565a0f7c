package io.partd.flight.testing;

import io.partd.Bytes;
import io.partd.flight.FlightPartd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Several clients that append as fast as they can, a few times at least, until a time: {@code <uri> <first> <count>
 * <directory> <millis>}. How many appends of each were acknowledged is in a file, which a killed process leaves as it
 * is.
 */
public final class CrowdMain {
    public static final int SIZE = 20_000;
    /** However slow the machine is. */
    private static final int LEAST = 5;

    private CrowdMain() {}

    public static void main(String[] args) throws Exception {
        int first = Integer.parseInt(args[1]);
        int count = Integer.parseInt(args[2]);
        long until = System.nanoTime() + Long.parseLong(args[4]) * 1_000_000;
        List<Thread> threads = new ArrayList<>();
        for (int client = first; client < first + count; client++) {
            int number = client;
            Thread thread = new Thread(() -> append(URI.create(args[0]), number, file(args[3], number), until));
            thread.start();
            threads.add(thread);
        }
        System.out.println(args[0]);
        for (Thread each : threads) each.join();
        System.out.println("done");
        // Its clients are closed with the process: whoever started it does not wait for that.
        System.in.read();
    }

    public static String key(int client) {
        return "client-" + client;
    }

    public static Path file(String directory, int client) {
        return Path.of(directory, "acknowledged-" + client);
    }

    private static void append(URI uri, int client, Path file, long until) {
        try (FlightPartd store = FlightPartd.connect(uri);
                FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer acknowledged = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
            for (long i = 0; i < LEAST || System.nanoTime() < until; i++) {
                ByteBuffer value = ByteBuffer.allocate(SIZE).putLong(0, i);
                store.append(key(client), Bytes.of(value));
                acknowledged.putLong(0, i + 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
