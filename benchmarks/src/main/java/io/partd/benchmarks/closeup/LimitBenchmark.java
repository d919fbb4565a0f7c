package io.partd.benchmarks.closeup;

import io.partd.benchmarks.peers.Limit;
import io.partd.benchmarks.peers.LimitRun;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** What the machine allows: plain files, memory. */
public class LimitBenchmark extends CloseUp {

    /** A limit, and how much is moved. */
    public abstract static class Moved extends Shot {
        private LimitRun run;

        abstract Limit limit();

        @Override
        void prepare() throws IOException {
            run = new LimitRun(limit(), context, bytes());
            run.prepare(own);
        }

        final long move() throws Exception {
            return count(run.run());
        }

        @Override
        void close() {
            run.close();
        }
    }

    /** As many bytes as {@link BytesBenchmark} moves in chunks. */
    public static class Chunks extends Moved {
        /** Which one. */
        @Param
        public Limit limit;

        @Override
        Limit limit() {
            return limit;
        }

        @Override
        long bytes() {
            return context.sizes().chunkTotal();
        }
    }

    /** As many as {@link ArrayBenchmark} moves. */
    public static class Arrays extends Moved {
        /** Which one. */
        @Param({"WRITE", "WRITE_BY_TWO", "READ"})
        public Limit limit;

        @Override
        Limit limit() {
            return limit;
        }

        @Override
        long bytes() {
            return context.sizes().tables().arrayBytes();
        }
    }

    /** What appends and gets of chunks are measured by. */
    @Benchmark
    public long chunks(Chunks limit) throws Exception {
        return limit.move();
    }

    /** The same for arrays. */
    @Benchmark
    public long arrays(Arrays limit) throws Exception {
        return limit.move();
    }
}
