package io.partd.hadoop;

import io.partd.CorruptPartdException;
import io.partd.log.FarRead;
import io.partd.log.Source;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileRange;
import org.apache.hadoop.util.functional.FutureIO;

/** A segment's file. Ranges that lie close together become one, and all of them one vectored read. */
final class HadoopSource implements Source {
    /** Less than this between two ranges is read with them. */
    private static final int GAP = 8 << 10;
    /** The most that is read at once. */
    private static final int MAX_RANGE = 8 << 20;

    private final HadoopMedium medium;
    private final OpenStreams streams;
    private final String name;
    private final long length;

    HadoopSource(HadoopMedium medium, OpenStreams streams, String name, long length) {
        this.medium = medium;
        this.streams = streams;
        this.name = name;
        this.length = length;
    }

    @Override
    public String describe() {
        return medium.describe(name);
    }

    @Override
    public boolean isFar() {
        return true;
    }

    /** What is done with a stream; what fails closes it. */
    private interface Use {
        void of(FSDataInputStream in) throws IOException;
    }

    private void use(Use use) throws IOException {
        OpenStreams.Opened opened = streams.take(name, length);
        boolean done = false;
        try {
            use.of(opened.in());
            done = true;
        } catch (FileNotFoundException e) {
            throw HadoopMedium.missing(name, e);
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt(); // who threw it has taken the flag away
            throw e;
        } catch (EOFException e) {
            throw new CorruptPartdException(describe(), length, "the file has lost its end", e);
        } finally {
            if (done) streams.giveBack(opened);
            else opened.in().close();
        }
    }

    @Override
    public int read(long position, ByteBuffer dst) throws IOException {
        int wanted = (int) Math.max(0, Math.min(dst.remaining(), length - position));
        byte[] bytes = new byte[wanted];
        if (wanted > 0) use(in -> in.readFully(position, bytes, 0, wanted));
        dst.put(bytes);
        return wanted;
    }

    @Override
    public void read(List<FarRead> reads) throws IOException {
        List<FarRead> sorted = new ArrayList<>(reads);
        sorted.sort(Comparator.comparingLong(FarRead::position));
        List<Run> runs = new ArrayList<>();
        for (FarRead read : sorted) {
            if (read.end() > length) throw new CorruptPartdException(describe(), length, "the file has lost its end");
            Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last == null || !last.add(read)) runs.add(new Run(read));
        }
        use(in -> read(in, runs));
    }

    private static void read(FSDataInputStream in, List<Run> runs) throws IOException {
        List<FileRange> ranges = new ArrayList<>();
        for (Run run : runs) {
            if (!run.isLarge()) ranges.add(run.range());
        }
        if (!ranges.isEmpty()) in.readVectored(ranges, ByteBuffer::allocate);
        for (Run run : runs) run.finish(in);
    }

    /** Reads that lie together, in the order of their positions. */
    private static final class Run {
        private final List<FarRead> reads = new ArrayList<>();
        private final long start;
        private long end;
        private FileRange range;

        Run(FarRead first) {
            start = first.position();
            end = first.end();
            reads.add(first);
        }

        boolean add(FarRead read) {
            long newEnd = Math.max(end, read.end());
            if (read.position() - end > GAP || newEnd - start > MAX_RANGE && read.position() >= end) return false;
            end = newEnd;
            reads.add(read);
            return true;
        }

        boolean isLarge() {
            return end - start > MAX_RANGE;
        }

        FileRange range() {
            range = FileRange.createFileRange(start, (int) (end - start));
            return range;
        }

        void finish(FSDataInputStream in) throws IOException {
            if (range == null) {
                for (FarRead read : reads) readFully(in, read);
                return;
            }
            ByteBuffer all = FutureIO.awaitFuture(range.getData());
            for (FarRead read : reads) {
                ByteBuffer dst = read.dst();
                dst.put(0, all, all.position() + (int) (read.position() - start), dst.capacity());
            }
        }

        private static void readFully(FSDataInputStream in, FarRead read) throws IOException {
            ByteBuffer dst = read.dst();
            in.readFully(read.position(), dst.array(), dst.arrayOffset(), dst.capacity());
        }
    }
}
