package io.partd.hadoop;

import io.partd.log.Sink;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;

/** A file that is written once. It is there for others when it is sealed. */
final class HadoopSink implements Sink {
    private static final int COPIED = 64 << 10;
    private static final System.Logger LOG = System.getLogger("io.partd");

    private final HadoopMedium medium;
    private final String name;
    private final FSDataOutputStream out;
    private byte[] copy;

    HadoopSink(HadoopMedium medium, String name) throws IOException {
        this(medium, name, medium.createFile(name));
    }

    HadoopSink(HadoopMedium medium, String name, FSDataOutputStream out) {
        this.medium = medium;
        this.name = name;
        this.out = out;
    }

    @Override
    public void write(ByteBuffer[] buffers, int count) throws IOException {
        for (int i = 0; i < count; i++) write(buffers[i]);
    }

    private void write(ByteBuffer src) throws IOException {
        if (src.hasArray()) {
            out.write(src.array(), src.arrayOffset() + src.position(), src.remaining());
            src.position(src.limit());
            return;
        }
        if (copy == null) copy = new byte[COPIED];
        while (src.hasRemaining()) {
            int length = Math.min(COPIED, src.remaining());
            src.get(copy, 0, length);
            out.write(copy, 0, length);
        }
    }

    /** It is on the medium when it is sealed. */
    @Override
    public void sync() {}

    @Override
    public void seal() throws IOException {
        if (out.hasCapability(StreamCapabilities.HSYNC)) out.hsync();
        out.close();
    }

    /** An object store must not be given what was written so far: to close the stream would do that. */
    @Override
    public void abort() throws IOException {
        if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
            out.abort();
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "could not close " + medium.describe(name) + ", which is deleted now", e);
        }
        medium.delete(name);
    }
}
