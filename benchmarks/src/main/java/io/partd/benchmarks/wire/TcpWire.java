package io.partd.benchmarks.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Bytes over a socket and nothing else, which is what the machine allows: {@link TcpServer} forgets what it is sent.
 */
final class TcpWire implements WireClient.Wire {
    private final SocketChannel channel;
    private final ByteBuffer word = ByteBuffer.allocateDirect(8);
    private long appended;

    TcpWire(String address) throws IOException {
        URI uri = URI.create(address);
        channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    private void word(long value) throws IOException {
        word.clear().putLong(value).flip();
        while (word.hasRemaining()) channel.write(word);
    }

    @Override
    public void append(ByteBuffer[] chunks) throws IOException {
        long size = (long) chunks.length * WireClient.CHUNK;
        word(size);
        ByteBuffer[] sent = new ByteBuffer[chunks.length];
        for (int i = 0; i < sent.length; i++) sent[i] = chunks[i].duplicate();
        for (long written = 0; written < size; ) written += channel.write(sent);
        read(word.clear());
        appended += size;
    }

    @Override
    public long get(int key) throws IOException {
        int size = (int) (appended / WireClient.KEYS);
        word(-size);
        return read(ByteBuffer.allocate(size));
    }

    private long read(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) if (channel.read(target) < 0) throw new EOFException("the server hung up");
        return target.capacity();
    }

    @Override
    public void drop() {
        appended = 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
