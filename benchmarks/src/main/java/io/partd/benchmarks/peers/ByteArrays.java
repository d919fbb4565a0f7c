package io.partd.benchmarks.peers;

import io.partd.Bytes;
import io.partd.benchmarks.data.DoubleArrays;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A store of bytes; making bytes of doubles, and doubles of bytes, is part of the work. */
public final class ByteArrays<B> implements ArrayPeer {
    private final BytePeer<B> peer;

    ByteArrays(BytePeer<B> peer) {
        this.peer = peer;
    }

    @Override
    public void open(Path directory) throws Exception {
        peer.open(directory, DoubleArrays.KEYS, 0);
    }

    @Override
    public void append(Map<String, double[]> batch) throws Exception {
        Map<String, Bytes> values = new LinkedHashMap<>();
        batch.forEach((key, array) -> values.put(key, bytes(array)));
        peer.append(peer.batch(values));
    }

    @Override
    public void settle() throws Exception {
        peer.settle();
    }

    @Override
    public double[] get(String key) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(peer.get(key)).order(ByteOrder.LITTLE_ENDIAN);
        double[] array = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(array);
        return array;
    }

    @Override
    public void close() throws Exception {
        peer.close();
    }

    public static Bytes bytes(double[] array) {
        byte[] bytes = new byte[array.length * Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(array);
        return Bytes.of(bytes);
    }
}
