package io.partd;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * A directory that is deleted when it is closed, when the JVM exits, or by the next JVM that makes one in the same
 * parent if this one is killed: a locked file in it says that its owner lives.
 */
final class TempDirectory {
    static final String PREFIX = "partd-temp-";
    static final String OWNER = "partd.owner";

    private static final System.Logger LOG = System.getLogger("io.partd");
    /** How old a directory without an owner's file must be: its maker may be about to make it. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** The directories of this JVM. Their owner files must not be opened again: closing that would give up the lock. */
    private static final Set<Path> MINE = new HashSet<>();

    private static boolean hooked;

    private final Path path;
    private final FileChannel owner;

    private TempDirectory(Path path, FileChannel owner) {
        this.path = path;
        this.owner = owner;
    }

    Path path() {
        return path;
    }

    /** Makes a directory that only this user may read, and removes those that dead processes have left beside it. */
    static TempDirectory create(Path parent) throws IOException {
        synchronized (MINE) {
            hookExit();
            removeAbandoned(parent);
            while (true) {
                Path path = Files.createTempDirectory(parent, PREFIX).toRealPath();
                FileChannel owner = own(path);
                if (owner == null) continue;
                MINE.add(path);
                return new TempDirectory(path, owner);
            }
        }
    }

    /** Locks the directory's owner file; null if somebody took the directory for abandoned just before. */
    private static FileChannel own(Path path) throws IOException {
        return Interrupts.defer(() -> {
            FileChannel channel;
            try {
                channel = FileChannel.open(path.resolve(OWNER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            } catch (NoSuchFileException e) {
                return null;
            }
            if (channel.tryLock() != null && Files.exists(path.resolve(OWNER))) return channel;
            channel.close();
            return null;
        });
    }

    private static void hookExit() {
        if (hooked) return;
        hooked = true;
        Runtime.getRuntime().addShutdownHook(new Thread(TempDirectory::deleteMine, "partd-temp-cleanup"));
    }

    private static void deleteMine() {
        synchronized (MINE) {
            for (Path path : MINE) deleteQuietly(path);
        }
    }

    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path sibling : siblings) removeUnlessOwned(sibling);
        }
    }

    /** What cannot be removed now is left to the next who tries: its owner may just be doing it. */
    private static void removeUnlessOwned(Path sibling) {
        try {
            if (!MINE.contains(sibling.toRealPath()) && isMine(sibling)) removeIfAbandoned(sibling);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "could not remove the temporary store " + sibling, e);
        }
    }

    /** Other users' directories are theirs to remove. */
    private static boolean isMine(Path sibling) {
        return Files.isWritable(sibling) && Files.isDirectory(sibling);
    }

    private static void removeIfAbandoned(Path sibling) throws IOException {
        Interrupts.defer(() -> {
            try (FileChannel channel = FileChannel.open(sibling.resolve(OWNER), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock != null) deleteQuietly(sibling);
            } catch (NoSuchFileException e) {
                if (isOld(sibling)) deleteQuietly(sibling);
            }
            return null;
        });
    }

    private static boolean isOld(Path path) throws IOException {
        if (!Files.exists(path)) return false;
        FileTime modified = Files.getLastModifiedTime(path);
        return modified.toInstant().isBefore(Instant.now().minus(GRACE));
    }

    /** Deletes what is there; what cannot be deleted is left to the next who tries. */
    private static void deleteQuietly(Path directory) {
        try {
            delete(directory);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "could not delete the temporary store " + directory, e);
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, IOException e) throws IOException {
                if (e != null) throw e;
                Files.deleteIfExists(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes the directory; a second call does nothing. */
    void close() throws IOException {
        synchronized (MINE) {
            if (!MINE.remove(path)) return;
            try {
                delete(path);
            } finally {
                owner.close();
            }
        }
    }
}
