package io.partd.benchmarks.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A process that appends to a server and gets from it: {@code <kind> <address> <client> <bytes>}. It does what each
 * line of its input says, {@code append}, {@code get} or {@code drop}, and prints a line when it is done.
 */
final class WireClient {
    static final int CHUNK = 64 << 10;
    static final int KEYS = 16;

    private WireClient() {}

    /** How a server is spoken to. */
    interface Wire extends AutoCloseable {
        /** Appends a chunk to each of {@link #KEYS} keys, and returns when the server has them. */
        void append(ByteBuffer[] chunks) throws IOException;

        /** Gets all of a key as bytes in memory: how many there are. */
        long get(int key) throws IOException;

        /** Removes what this client has appended. */
        void drop() throws IOException;

        @Override
        void close() throws IOException;
    }

    private static Wire connect(String kind, String address, String client) throws IOException {
        return switch (kind) {
            case "tcp" -> new TcpWire(address);
            case "redis" -> new RedisWire(address, client);
            default -> new FlightWire(address, client);
        };
    }

    public static void main(String[] args) throws IOException {
        long bytes = Long.parseLong(args[3]);
        ByteBuffer[] chunks = new ByteBuffer[KEYS];
        Random random = new Random(7);
        for (int i = 0; i < KEYS; i++) {
            byte[] array = new byte[CHUNK];
            random.nextBytes(array);
            chunks[i] = ByteBuffer.allocateDirect(CHUNK).put(array).rewind();
        }
        try (Wire wire = connect(args[0], args[1], args[2])) {
            obey(line -> run(wire, line, chunks, bytes));
        }
    }

    /** What a client does for a line. */
    interface Work {
        void run(String line) throws IOException;
    }

    /** Does what each line of the input says, and says when it is done. */
    static void obey(Work work) throws IOException {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            work.run(line);
            System.out.println("done");
        }
    }

    private static void run(Wire wire, String what, ByteBuffer[] chunks, long bytes) throws IOException {
        switch (what) {
            case "append" -> {
                for (long at = 0; at < bytes; at += (long) KEYS * CHUNK) wire.append(chunks);
            }
            case "get" -> {
                long sum = 0;
                for (int key = 0; key < KEYS; key++) sum += wire.get(key);
                if (sum != bytes) throw new IllegalStateException("appended " + bytes + " bytes and got " + sum);
            }
            default -> wire.drop();
        }
    }
}
