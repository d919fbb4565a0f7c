package io.partd.disk;

import io.partd.CorruptPartdException;
import io.partd.base.Failures;
import io.partd.base.Log;
import io.partd.log.GrowingMedium;
import io.partd.log.Manifest;
import io.partd.log.SegmentFormat;
import io.partd.log.Sink;
import io.partd.log.Source;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A directory of the local file system. */
public final class LocalMedium implements GrowingMedium {
    /** Where the system tells since when it runs; tests take it away. */
    public static volatile Path bootIdFile = Path.of("/proc/sys/kernel/random/boot_id");

    /** Room for a manifest that names 300 segments: those that others are writing when the store is dropped. */
    private static final int RESERVE_BYTES = 16 << 10;

    private final Path directory;
    private final MapBudget maps;
    private final long boot;
    private final OpenFiles files;

    public LocalMedium(Path directory) throws IOException {
        this(directory, MapBudget.OF_THIS_JVM);
    }

    LocalMedium(Path directory, MapBudget maps) throws IOException {
        this(directory, maps, bootId());
    }

    /** Without a number for the time since the machine was started there are none for files. */
    LocalMedium(Path directory, MapBudget maps, long boot) {
        this.directory = directory;
        this.maps = maps;
        this.files = new OpenFiles(directory);
        this.boot = boot;
    }

    /** A number for the time since this machine was started, or 0 where the system does not tell. */
    public static long bootId() throws IOException {
        if (!Files.isReadable(bootIdFile)) return 0;
        UUID id = UUID.fromString(Files.readString(bootIdFile).strip());
        return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    }

    @Override
    public String describe(String name) {
        return directory.resolve(name).toString();
    }

    @Override
    public List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) names.add(file.getFileName().toString());
        }
        return names;
    }

    @Override
    public Sink create(String name) throws IOException {
        return new LocalSink(directory.resolve(name));
    }

    @Override
    public Source open(String name, long length) {
        return new LocalSource(this, name);
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(directory.resolve(name));
    }

    /** Reads at a position until {@code dst} is full or the file ends; gives the number of bytes read. */
    int read(String name, long position, ByteBuffer dst) throws IOException {
        return files.read(name, position, dst);
    }

    @Override
    public void closeIdle() throws IOException {
        files.closeIdle();
    }

    @Override
    public ByteBuffer load(String name) throws IOException {
        byte[] content = Interrupts.defer(() -> Files.readAllBytes(directory.resolve(name)));
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Maps bytes that are in the file, and stay readable when it is deleted; null where there may be no more maps, and
     * the bytes are to be read instead.
     */
    ByteBuffer map(String name, long position, int length) throws IOException {
        if (!maps.tryTake()) return null;
        ByteBuffer map = null;
        try {
            map = Interrupts.defer(() -> mapNow(name, position, length));
            return maps.made(map);
        } finally {
            if (map == null) maps.giveBack();
        }
    }

    private ByteBuffer mapNow(String name, long position, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(name), StandardOpenOption.READ)) {
            if (channel.size() < position + length) {
                throw new CorruptPartdException(
                        describe(name),
                        channel.size(),
                        "the file has lost bytes; expected at least " + (position + length));
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, position, length);
        }
    }

    @Override
    public void sync(String name) throws IOException {
        Interrupts.defer(() -> {
            try (FileChannel channel = FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            return null;
        });
    }

    /** Makes the directory and those above it, as far as they are missing, and returns when their names are synced. */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) return;
        Path parent = directory.getParent();
        if (parent != null) createDirectories(parent);
        Files.createDirectories(directory); // another process may be faster
        if (parent != null) syncNames(parent);
    }

    @Override
    public void syncNames() throws IOException {
        syncNames(directory);
    }

    private static void syncNames(Path directory) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) return; // directories cannot be opened there
        Interrupts.defer(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return null;
        });
    }

    @Override
    public void keep(String name, ByteBuffer content) throws IOException {
        Path temporary = temporary(name);
        try {
            Sink out = new LocalSink(temporary);
            try {
                out.write(new ByteBuffer[] {content.duplicate()}, 1);
                out.sync();
            } finally {
                out.seal();
            }
            Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncNames();
    }

    private Path temporary(String name) {
        return directory.resolve(name + "." + UUID.randomUUID() + SegmentFormat.TEMPORARY);
    }

    /** Those who publish have the store's lock: nobody else does meanwhile. */
    @Override
    public boolean publish(long generation, ByteBuffer whole) throws IOException {
        if (Manifest.load(this).generation() >= generation) return false;
        publishAtLast(SegmentFormat.MANIFEST, whole);
        return true;
    }

    /** A store that was written elsewhere, and copied here, has numbered manifests. */
    @Override
    public Optional<ByteBuffer> latestManifest() throws IOException {
        Optional<ByteBuffer> own = loadManifest(SegmentFormat.MANIFEST);
        OptionalLong greatest = list().stream()
                .map(SegmentFormat::numberOf)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max();
        if (greatest.isEmpty()) return own;
        if (own.isPresent() && generationOf(own.get()) > greatest.getAsLong()) return own;
        return loadManifest(SegmentFormat.NUMBERED + greatest.getAsLong());
    }

    private long generationOf(ByteBuffer own) {
        return Manifest.decode(own.duplicate().order(own.order()), describe(SegmentFormat.MANIFEST))
                .generation();
    }

    private Optional<ByteBuffer> loadManifest(String name) throws IOException {
        try {
            if (size(name) > SegmentFormat.MAX_DIRECTORY) {
                throw new CorruptPartdException(describe(name), 0, "no manifest is that large");
            }
            return Optional.of(load(name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * As {@link #keep}, also where there is no room any more, in what {@link #reserve} has kept. That takes the name at
     * once, for a directory may have no room either: what the reserve is too large by is free by then.
     */
    private void publishAtLast(String name, ByteBuffer content) throws IOException {
        try {
            keep(name, content);
        } catch (IOException e) {
            Path reserve = directory.resolve(SegmentFormat.RESERVE);
            if (!Failures.isFull(e) || !Files.exists(reserve) || Files.size(reserve) < content.remaining()) throw e;
            overwrite(reserve, content);
            Files.move(reserve, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            syncNames();
        }
    }

    /** Puts the content in the place of what is there, which has the room. */
    private static void overwrite(Path file, ByteBuffer content) throws IOException {
        Interrupts.defer(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer src = content.duplicate();
                while (src.hasRemaining()) channel.write(src, src.position() - content.position());
                channel.truncate(content.remaining());
                channel.force(true);
            }
            return null;
        });
    }

    @Override
    public void reserve() throws IOException {
        Path reserve = directory.resolve(SegmentFormat.RESERVE);
        if (Files.exists(reserve) && Files.size(reserve) == RESERVE_BYTES) return;
        try {
            // over what is there: a process that died, or a full directory, may have left a part of it
            Files.write(reserve, new byte[RESERVE_BYTES], StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            if (!Failures.isFull(e)) throw e;
            Log.get().log(Level.DEBUG, "{0} has no room for the next manifest", reserve);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
        files.close(name);
    }

    @Override
    public long incarnation(String name) throws IOException {
        Object key = Files.readAttributes(directory.resolve(name), BasicFileAttributes.class)
                .fileKey();
        return boot == 0 || key == null ? 0 : number(boot, key);
    }

    /** A number, not 0, for what identifies a file in some context. */
    public static long number(long context, Object identity) {
        long hash = context;
        for (char c : identity.toString().toCharArray()) hash = (hash ^ c) * 0x100000001b3L; // FNV-1a
        return hash == 0 ? 1 : hash;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
