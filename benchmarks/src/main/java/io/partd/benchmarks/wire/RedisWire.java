package io.partd.benchmarks.wire;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client of Redis: the chunks of an append are APPEND commands that are sent together. */
final class RedisWire implements WireClient.Wire {
    private final SocketChannel channel;
    private final InputStream in;
    private final String client;

    RedisWire(String address, String client) throws IOException {
        URI uri = URI.create(address);
        this.client = client;
        channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    }

    private String key(int i) {
        return client + "-" + i;
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void send(List<ByteBuffer> parts) throws IOException {
        ByteBuffer[] all = parts.toArray(ByteBuffer[]::new);
        long left = 0;
        for (ByteBuffer each : all) left += each.remaining();
        while (left > 0) left -= channel.write(all);
    }

    @Override
    public void append(ByteBuffer[] chunks) throws IOException {
        List<ByteBuffer> parts = new ArrayList<>();
        for (int i = 0; i < chunks.length; i++) {
            String key = key(i);
            parts.add(text(
                    "*3\r\n$6\r\nAPPEND\r\n$" + key.length() + "\r\n" + key + "\r\n$" + WireClient.CHUNK + "\r\n"));
            parts.add(chunks[i].duplicate());
            parts.add(text("\r\n"));
        }
        send(parts);
        for (int i = 0; i < chunks.length; i++) number(':');
    }

    @Override
    public long get(int key) throws IOException {
        String name = key(key);
        send(List.of(text("*2\r\n$3\r\nGET\r\n$" + name.length() + "\r\n" + name + "\r\n")));
        byte[] value = new byte[(int) number('$')];
        if (in.readNBytes(value, 0, value.length) < value.length) throw new EOFException("Redis hung up");
        in.skipNBytes(2);
        return value.length;
    }

    /** The number in an answer of one line. */
    private long number(char kind) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new EOFException("Redis hung up");
            if (c != '\r') line.append((char) c);
        }
        if (line.charAt(0) != kind) throw new IOException("Redis answers " + line);
        return Long.parseLong(line.substring(1));
    }

    @Override
    public void drop() throws IOException {
        for (int i = 0; i < WireClient.KEYS; i++) {
            String key = key(i);
            send(List.of(text("*2\r\n$3\r\nDEL\r\n$" + key.length() + "\r\n" + key + "\r\n")));
            number(':');
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
