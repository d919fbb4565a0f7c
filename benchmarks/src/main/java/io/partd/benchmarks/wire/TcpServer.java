package io.partd.benchmarks.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Takes and gives bytes, a thread for each connection: a word says how many come, or, if negative, are wanted. */
final class TcpServer {
    private static final int BUFFER = 1 << 20;

    private TcpServer() {}

    static void run() throws IOException {
        ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        System.out.println("tcp://127.0.0.1:" + server.socket().getLocalPort());
        while (true) {
            SocketChannel channel = server.accept();
            new Thread(() -> serve(channel), "connection").start();
        }
    }

    private static void serve(SocketChannel channel) {
        ByteBuffer word = ByteBuffer.allocateDirect(8);
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (channel) {
            while (fill(channel, word.clear())) {
                long size = word.getLong(0);
                for (long left = Math.abs(size); left > 0; left -= buffer.limit()) {
                    buffer.clear().limit((int) Math.min(left, BUFFER));
                    if (size > 0) fill(channel, buffer);
                    else while (buffer.hasRemaining()) channel.write(buffer);
                }
                if (size > 0) channel.write(word.rewind());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // which the thread prints
        }
    }

    private static boolean fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) if (channel.read(buffer) < 0) return false;
        return true;
    }
}
