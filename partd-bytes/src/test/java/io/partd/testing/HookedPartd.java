package io.partd.testing;

import io.partd.Bytes;
import io.partd.Partd;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Another store, with something to do before and after each append, and before reads, flushes and the close. */
public final class HookedPartd extends ForwardingPartd<Bytes> {
    public final AtomicLong appends = new AtomicLong();
    public volatile Runnable before = () -> {};
    public volatile Runnable after = () -> {};
    public volatile Runnable beforeGet = () -> {};
    public volatile Runnable onClose = () -> {};
    public volatile Runnable onFlush = () -> {};
    public volatile boolean closed;

    public HookedPartd(Partd<Bytes> inner) {
        super(inner);
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        before.run();
        Set<String> written = super.append(values, heads);
        appends.incrementAndGet();
        after.run();
        return written;
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        beforeGet.run();
        return super.get(keys);
    }

    @Override
    public void flush() {
        onFlush.run();
        super.flush();
    }

    @Override
    public void close() {
        closed = true;
        onClose.run();
        super.close();
    }
}
