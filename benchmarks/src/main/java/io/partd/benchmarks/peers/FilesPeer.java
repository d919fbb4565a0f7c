package io.partd.benchmarks.peers;

import io.partd.Bytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one writes by hand: a file for each key, held open. There are no checksums, and nothing is atomic. */
final class FilesPeer implements BytePeer<Map<String, byte[]>> {
    private final boolean buffered;
    private final Map<String, FileChannel> channels = new HashMap<>();
    private final Map<String, OutputStream> streams = new HashMap<>();
    private Path directory;

    /** @param buffered whether 8 KiB of each key wait in memory */
    FilesPeer(boolean buffered) {
        this.buffered = buffered;
    }

    @Override
    public Map<String, byte[]> batch(Map<String, Bytes> values) {
        Map<String, byte[]> batch = new HashMap<>();
        values.forEach((key, value) -> batch.put(key, value.toArray()));
        return batch;
    }

    @Override
    public void open(Path newDirectory, List<String> keys, long memoryLimit) throws IOException {
        directory = newDirectory;
        for (String key : keys) {
            FileChannel channel =
                    FileChannel.open(directory.resolve(key), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            channels.put(key, channel);
            if (buffered) streams.put(key, new BufferedOutputStream(Channels.newOutputStream(channel)));
        }
    }

    @Override
    public void append(Map<String, byte[]> batch) throws IOException {
        for (Map.Entry<String, byte[]> value : batch.entrySet()) {
            if (buffered) streams.get(value.getKey()).write(value.getValue());
            else write(channels.get(value.getKey()), ByteBuffer.wrap(value.getValue()));
        }
    }

    private static void write(FileChannel channel, ByteBuffer value) throws IOException {
        while (value.hasRemaining()) channel.write(value);
    }

    @Override
    public void settle() throws IOException {
        for (OutputStream stream : streams.values()) stream.flush();
    }

    @Override
    public byte[] get(String key) throws IOException {
        return Files.readAllBytes(directory.resolve(key));
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels.values()) channel.close();
        channels.clear();
        streams.clear();
    }
}
