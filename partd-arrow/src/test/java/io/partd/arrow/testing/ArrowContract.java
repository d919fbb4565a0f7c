package io.partd.arrow.testing;

import io.partd.Partd;
import io.partd.arrow.ArrowOptions;
import io.partd.arrow.ArrowPartd;
import io.partd.testing.Nesting;
import io.partd.testing.Numbers;
import io.partd.testing.PartdContract;
import io.partd.testing.Persistence;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.params.Parameter;

/** The contract for tables over some store. */
public abstract class ArrowContract extends PartdContract<VectorSchemaRoot> {
    private final BufferAllocator allocator = new RootAllocator();

    @Parameter
    Tables tables;

    /** What lies below, and how the tables are written to it. */
    public record Tables(Nesting below, ArrowOptions options) {

        /** What is staged is seen by other handles once it is flushed. */
        Persistence persistence() {
            boolean staged = options.stageBytes() > 0 && below.persistence() == Persistence.SHARED;
            return staged ? Persistence.FLUSHED : below.persistence();
        }

        @Override
        public String toString() {
            return "arrow(" + below + "), " + options;
        }
    }

    @Override
    protected Partd<VectorSchemaRoot> open(Path directory) {
        return ArrowPartd.over(tables.below().open(directory), allocator, tables.options());
    }

    @Override
    protected Numbers<VectorSchemaRoot> numbers() {
        return new IntTables(allocator);
    }

    @Override
    public Persistence persistence() {
        return tables.persistence();
    }

    @Override
    public int rounds() {
        return Math.min(tables.below().rounds(), 40);
    }

    /** Fails if anything was not released. */
    @Override
    protected void afterStoresClosed() {
        allocator.close();
    }
}
