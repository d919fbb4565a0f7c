package io.partd;

import java.nio.file.Path;

/** The contract can be met. */
class ReferencePartdTest extends BytesContract {
    @Override
    protected Partd<Bytes> open(Path directory) {
        return new ReferencePartd(directory);
    }

    @Override
    public Persistence persistence() {
        return Persistence.SHARED;
    }
}
