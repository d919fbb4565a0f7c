package io.partd.cli.shuffle;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * Standard input as a channel: a thread that waits for it can be interrupted, which {@code System.in} does not allow.
 */
final class StandardInput implements ReadableByteChannel {
    private final FileChannel channel = new FileInputStream(FileDescriptor.in).getChannel();

    private StandardInput() {}

    /** For one reader. It has no position, for standard input may be a pipe. */
    static InputStream open() {
        return Channels.newInputStream(new StandardInput());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
