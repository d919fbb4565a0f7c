package io.partd.testing;

import io.partd.Bytes;
import io.partd.Partd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.zip.CRC32;

/**
 * The simplest store that keeps the whole contract, between processes too: one log, one lock for every change,
 * everything else in memory. It shows that the contract can be met, and that the checks on stores, threads and
 * processes fail where it is not.
 */
public final class ReferencePartd implements Partd<Bytes> {
    private static final int MAX_KEY = 65_535;
    private static final int HEADER = 8;

    private final ReferenceLock lock;
    private final RandomAccessFile log;
    private final TreeMap<String, List<Bytes>> values = new TreeMap<>();
    private long position;
    private long removals;
    private boolean closed;

    /** A change, as it is written. */
    private enum Kind {
        APPEND,
        DELETE,
        DROP
    }

    private record Entry(String key, byte[] bytes) {}

    public ReferencePartd(Path directory) {
        try {
            this.log = new RandomAccessFile(directory.resolve("log").toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException("no log in " + directory, e);
        }
        this.lock = ReferenceLock.of(directory.resolve("lock"));
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        List<Entry> tail = entries(values);
        List<Entry> front = entries(heads);
        return change(() -> {
            Set<String> written = new TreeSet<>();
            List<Entry> all = new ArrayList<>();
            for (Entry head : front) {
                if (sizeOf(head.key) > 0) continue;
                written.add(head.key);
                all.add(head);
            }
            all.addAll(tail);
            if (!all.isEmpty()) write(Kind.APPEND, all);
            return written;
        });
    }

    private static List<Entry> entries(Map<String, ? extends Bytes> map) {
        List<Entry> entries = new ArrayList<>();
        map.forEach((key, value) -> {
            check(key);
            if (value == null) throw new NullPointerException("the value of key '" + key + "' is null");
            entries.add(new Entry(key, value.toArray()));
        });
        return entries;
    }

    private static void check(String key) {
        if (key == null) throw new NullPointerException("a key is null");
        String start = key.substring(0, Math.min(20, key.length()));
        try {
            int size = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(key))
                    .remaining();
            if (size == 0 || size > MAX_KEY) {
                throw new IllegalArgumentException("key '" + start + "' has " + size + " bytes: use 1 to " + MAX_KEY);
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("key '" + start + "' is not well-formed Unicode", e);
        }
    }

    private long sizeOf(String key) {
        return values.getOrDefault(key, List.of()).stream()
                .mapToLong(Bytes::size)
                .sum();
    }

    @Override
    public List<Bytes> get(Collection<String> keys) {
        keys.forEach(ReferencePartd::check);
        return read(() -> keys.stream()
                .map(key -> Bytes.concat(values.getOrDefault(key, List.of())))
                .toList());
    }

    @Override
    public void delete(Collection<String> keys) {
        keys.forEach(ReferencePartd::check);
        List<Entry> entries =
                keys.stream().map(key -> new Entry(key, new byte[0])).toList();
        change(() -> write(Kind.DELETE, entries));
    }

    @Override
    public long removals() {
        return read(() -> removals);
    }

    @Override
    public SortedSet<String> keys() {
        return read(() -> new TreeSet<>(values.keySet()));
    }

    @Override
    public void drop() {
        change(() -> write(Kind.DROP, List.of()));
    }

    @Override
    public void flush() {
        change(() -> {
            log.getFD().sync();
            return true;
        });
    }

    /** Nothing to do but wait for its turn. */
    public void compact() {
        flush();
    }

    @Override
    public Lock lock() {
        return read(() -> lock);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) return;
        }
        lock.lock();
        try {
            closeLog();
        } finally {
            lock.unlock();
        }
    }

    private synchronized void closeLog() {
        if (closed) return;
        closed = true;
        lock.release();
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the log does not close", e);
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private <T> T change(Step<T> step) {
        Lock held = lock();
        held.lock();
        try {
            return read(step);
        } finally {
            held.unlock();
        }
    }

    private synchronized <T> T read(Step<T> step) {
        if (closed) throw new IllegalStateException("the store is closed");
        try {
            catchUp();
            return step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be used", e);
        }
    }

    private boolean write(Kind kind, List<Entry> entries) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeByte(kind.ordinal());
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            byte[] key = entry.key.getBytes(StandardCharsets.UTF_8);
            out.writeInt(key.length);
            out.write(key);
            out.writeInt(entry.bytes.length);
            out.write(entry.bytes);
        }
        byte[] bytes = body.toByteArray();
        ByteBuffer record = ByteBuffer.allocate(HEADER + bytes.length);
        record.putInt(bytes.length).putInt(checksum(bytes)).put(bytes);
        log.setLength(position); // what a killed writer left half written
        log.seek(position);
        log.write(record.array());
        catchUp();
        return true;
    }

    /** Takes in what was appended since, up to a record that is not whole: its writer is still at it, or was killed. */
    private void catchUp() throws IOException {
        while (log.length() - position >= HEADER) {
            log.seek(position);
            byte[] header = new byte[HEADER];
            log.readFully(header);
            int length = ByteBuffer.wrap(header).getInt();
            if (length <= 0 || log.length() - position - HEADER < length) return;
            byte[] body = new byte[length];
            log.readFully(body);
            if (checksum(body) != ByteBuffer.wrap(header).getInt(4)) return;
            apply(new DataInputStream(new ByteArrayInputStream(body)));
            position += HEADER + length;
        }
    }

    private void apply(DataInputStream in) throws IOException {
        Kind kind = Kind.values()[in.readByte()];
        if (kind != Kind.APPEND) removals++;
        if (kind == Kind.DROP) values.clear();
        for (int i = in.readInt(); i > 0; i--) {
            String key = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            Bytes bytes = Bytes.of(in.readNBytes(in.readInt()));
            if (kind == Kind.DELETE) values.remove(key);
            else values.computeIfAbsent(key, k -> new ArrayList<>()).add(bytes);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
