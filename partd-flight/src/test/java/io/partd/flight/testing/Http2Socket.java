package io.partd.flight.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Speaks HTTP/2 to a server over a socket, as far as it is told to: what a gRPC client does not do, this does. */
public final class Http2Socket implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;

    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;
    private static final int ACK = 1;

    private final Socket socket;
    private final DataOutputStream out;
    private final Thread reader;
    /** What the server lets all streams together, and each of them, send: its answers say more. */
    private long window = 65_535;

    private final Map<Integer, Long> windows = new HashMap<>();
    private long initialWindow = 65_535;
    private int maxStreams = Integer.MAX_VALUE;
    private boolean settled;
    private boolean ended;

    /** Connects and says nothing but the preface. */
    public Http2Socket(URI uri) throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        out = new DataOutputStream(socket.getOutputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
        reader = new Thread(this::read, "http2-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Sends a frame, right or wrong. */
    public synchronized void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeInt(payload.length << 8 | type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    /** Sends bytes as they are. */
    public synchronized void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Begins a call. */
    public void call(int stream, String method, Map<String, String> more) throws IOException {
        frame(HEADERS, END_HEADERS, stream, headers(method, more));
    }

    public static byte[] headers(String method, Map<String, String> more) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        header(block, ":method", "POST");
        header(block, ":scheme", "http");
        header(block, ":path", "/" + method);
        header(block, ":authority", "localhost");
        header(block, "te", "trailers");
        header(block, "content-type", "application/grpc");
        more.forEach((name, value) -> header(block, name, value));
        return block.toByteArray();
    }

    /** A literal that is not to be remembered (RFC 7541, section 6.2.2). */
    private static void header(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = bytes.length;
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            int rest = length - 127;
            for (; rest > 127; rest >>>= 7) block.write(rest & 127 | 128);
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** The first bytes of a message of so many. */
    public static byte[] message(int announced, byte[] begin) {
        return ByteBuffer.allocate(5 + begin.length)
                .put((byte) 0)
                .putInt(announced)
                .put(begin)
                .array();
    }

    /** Sends bytes of a call, as fast as the server allows; false where it allows no more, or ends the connection. */
    public boolean send(int stream, byte[] bytes, long millis) throws IOException, InterruptedException {
        for (int at = 0; at < bytes.length; ) {
            int some = Math.min(16_384, bytes.length - at);
            if (!take(stream, some, System.nanoTime() + millis * 1_000_000)) return false;
            byte[] part = new byte[some];
            System.arraycopy(bytes, at, part, 0, some);
            frame(DATA, 0, stream, part);
            at += some;
        }
        return true;
    }

    private synchronized boolean take(int stream, int bytes, long until) throws InterruptedException {
        while (Math.min(window, windows.getOrDefault(stream, initialWindow)) < bytes && !ended) {
            if (System.nanoTime() > until) return false;
            wait(20);
        }
        window -= bytes;
        windows.merge(stream, initialWindow - bytes, (before, first) -> before - bytes);
        return !ended;
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
            while (true) take(in);
        } catch (IOException e) {
            // The server has ended it, or this did.
            end();
        }
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private void take(DataInputStream in) throws IOException {
        int first = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[first >>> 8];
        in.readFully(payload);
        int type = first & 0xff;
        if (type == SETTINGS && (flags & ACK) == 0) {
            settings(ByteBuffer.wrap(payload));
            frame(SETTINGS, ACK, 0, new byte[0]);
        } else if (type == PING && (flags & ACK) == 0) {
            frame(PING, ACK, 0, payload);
        } else if (type == WINDOW_UPDATE) {
            more(stream, ByteBuffer.wrap(payload).getInt());
        }
    }

    private synchronized void settings(ByteBuffer settings) {
        while (settings.remaining() >= 6) {
            int id = settings.getShort();
            int value = settings.getInt();
            if (id == 3) maxStreams = value;
            if (id == 4) initialWindow = value;
        }
        settled = true;
        notifyAll();
    }

    private synchronized void more(int stream, int bytes) {
        if (stream == 0) window += bytes;
        else windows.merge(stream, initialWindow + bytes, (before, first) -> before + bytes);
        notifyAll();
    }

    /** How many calls the server takes at once, once it has said so. */
    public synchronized int maxStreams() throws InterruptedException {
        while (!settled && !ended) wait();
        return maxStreams;
    }

    public synchronized boolean hasEnded() {
        return ended;
    }

    /** Waits until the server ends the connection; says whether it did in time. */
    public synchronized boolean awaitEnd(long millis) throws InterruptedException {
        for (long until = System.nanoTime() + millis * 1_000_000; !ended && System.nanoTime() < until; ) wait(100);
        return ended;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
