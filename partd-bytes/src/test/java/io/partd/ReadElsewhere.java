package io.partd;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** A file store that is written through one handle and read through another, which was opened for reading only. */
final class ReadElsewhere extends ForwardingPartd<Bytes> {
    final FilePartd writer;
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
