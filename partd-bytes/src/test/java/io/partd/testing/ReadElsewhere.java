package io.partd.testing;

import io.partd.Bytes;
import io.partd.FilePartd;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** A file store that is written through one handle and read through another, which was opened for reading only. */
public final class ReadElsewhere extends ForwardingPartd<Bytes> {
    public final FilePartd writer;
    private final FilePartd reader;

    ReadElsewhere(FilePartd writer, FilePartd reader) {
        super(writer);
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        return reader.get(keys);
    }

    @Override
    public SortedSet<String> keys() {
        return reader.keys();
    }

    @Override
    public long removals() {
        return reader.removals();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } finally {
            super.close();
        }
    }
}
