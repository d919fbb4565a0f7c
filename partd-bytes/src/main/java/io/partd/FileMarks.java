package io.partd;

import io.partd.file.Handle;
import io.partd.marks.Claim;
import io.partd.marks.Mark;
import io.partd.marks.Marks;
import io.partd.marks.OwnerMarks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/** The marks of a file store, which lie in the records of the appends that they belong to. */
final class FileMarks implements Marks<Bytes> {
    private final FilePartd store;
    private final Handle handle;

    FileMarks(FilePartd store, Handle handle) {
        this.store = store;
        this.handle = handle;
    }

    @Override
    public Set<String> append(
            Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads, List<Mark> marks) {
        handle.writing().forgetOldMarks();
        return store.append(values, heads, marks);
    }

    @Override
    public <T> T sharing(Supplier<T> work) {
        return handle.sharing(work);
    }

    @Override
    public Lock lock() {
        return store.lock();
    }

    @Override
    public OwnerMarks marks(UUID owner) {
        return handle.marks(owner);
    }

    /** All that is remembered. */
    List<Mark> all() {
        return handle.allMarks();
    }

    @Override
    public Claim claim(String who) {
        return handle.writing().claim(who);
    }
}
