package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.testing.BytesContract;
import io.partd.testing.Persistence;
import java.nio.file.Path;

/** What every store promises, in the form that holds on these media: a commit for each append. */
final class CommitsContractTest extends BytesContract {
    @Override
    protected Partd<Bytes> open(Path directory) {
        return new CommittedPartd(directory.toUri());
    }

    @Override
    public Persistence persistence() {
        return Persistence.SHARED;
    }

    /** A commit reads and writes several files, and opening reads an index for each commit. */
    @Override
    public int rounds() {
        return 10;
    }
}
