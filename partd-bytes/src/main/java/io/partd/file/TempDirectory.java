package io.partd.file;

import io.partd.base.Log;
import io.partd.disk.Interrupts;
import io.partd.disk.JvmClaims;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory that is deleted when it is closed, when the JVM exits, or by the next JVM that makes one in the same
 * parent if this one is killed: a locked file in it says that its owner lives. Only a directory with a name that is
 * made here, and with a file in it that says so, is deleted; that file goes last. So is one with such a name that has
 * nothing in it for a minute.
 */
public final class TempDirectory {
    static final String PREFIX = "partd-temp-";
    static final String OWNER = "partd.owner";

    /** A thread that still writes wins against one attempt now and then, and not against so many. */
    private static final int MAX_ATTEMPTS = 1000;

    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{16}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The directories of this class loader. */
    private static final Set<TempDirectory> MINE = new HashSet<>();

    private static boolean hooked;

    private final Path path;
    /** What the directory is claimed as: its owner's file must not be opened a second time, see {@link JvmClaims}. */
    private final Object identity;

    private final FileChannel owner;

    private TempDirectory(Path path, Object identity, FileChannel owner) {
        this.path = path;
        this.identity = identity;
        this.owner = owner;
    }

    public Path path() {
        return path;
    }

    /** Makes a directory that only this user may read, and removes those that dead processes have left beside it. */
    public static TempDirectory create(Path parent) throws IOException {
        Path real = parent.toRealPath();
        synchronized (MINE) {
            hookExit();
            removeAbandoned(real);
            TempDirectory made = null;
            while (made == null)
                made = make(real.resolve(PREFIX + String.format(Locale.ROOT, "%016x", RANDOM.nextLong())));
            MINE.add(made);
            return made;
        }
    }

    /** Makes the directory; null where it has the identity of one that another class loader is just removing. */
    private static TempDirectory make(Path path) throws IOException {
        Files.createDirectory(path, onlyForMe(path));
        TempDirectory made = null;
        try {
            made = claim(path);
            return made;
        } finally {
            if (made == null) deleteQuietly(path);
        }
    }

    private static FileAttribute<?>[] onlyForMe(Path path) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }

    /** Claimed before there is an owner's file: who sees that file sees the claim. */
    private static TempDirectory claim(Path path) throws IOException {
        Object identity = JvmClaims.identity(path);
        if (!JvmClaims.tryClaim(identity)) return null;
        FileChannel owner = null;
        try {
            owner = own(path);
            return new TempDirectory(path, identity, owner);
        } finally {
            if (owner == null) JvmClaims.release(identity);
        }
    }

    /**
     * Locks the owner's file, and only then says in it what the directory is: nobody takes it for abandoned between.
     */
    private static FileChannel own(Path path) throws IOException {
        Path file = path.resolve(OWNER);
        Files.createFile(file);
        return Interrupts.defer(() -> {
            boolean owned = false;
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            try {
                channel.lock();
                channel.write(ByteBuffer.wrap(mark(path)), 0);
                owned = true;
                return channel;
            } finally {
                if (!owned) channel.close();
            }
        });
    }

    /** What the owner's file of this directory holds; in a copy of the directory it does not name the copy. */
    private static byte[] mark(Path path) {
        return ("A temporary store: " + path.getFileName() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void hookExit() {
        if (hooked) return;
        hooked = true;
        Runtime.getRuntime().addShutdownHook(new Thread(TempDirectory::deleteMine, "partd-temp-cleanup"));
    }

    private static void deleteMine() {
        synchronized (MINE) {
            for (TempDirectory mine : MINE) deleteQuietly(mine.path);
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
            if (!isMade(sibling)) return;
            Object identity = JvmClaims.identity(sibling);
            if (!JvmClaims.tryClaim(identity)) return; // in use in this JVM
            try {
                if (Files.exists(sibling.resolve(OWNER), LinkOption.NOFOLLOW_LINKS)) removeIfAbandoned(sibling);
                else removeIfHollow(sibling);
            } finally {
                JvmClaims.release(identity);
            }
        } catch (IOException e) {
            Log.get().log(Level.DEBUG, "could not remove the temporary store " + sibling, e);
        }
    }

    /** Whether it looks like what is made here; other users' directories are theirs to remove. */
    private static boolean isMade(Path sibling) {
        return NAME.matcher(sibling.getFileName().toString()).matches()
                && Files.isDirectory(sibling, LinkOption.NOFOLLOW_LINKS)
                && Files.isWritable(sibling);
    }

    private static void removeIfAbandoned(Path sibling) throws IOException {
        if (!Files.isRegularFile(sibling.resolve(OWNER), LinkOption.NOFOLLOW_LINKS)) return;
        Interrupts.defer(() -> {
            try (FileChannel channel = FileChannel.open(
                            sibling.resolve(OWNER), StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock != null && isMarked(sibling, channel)) deleteQuietly(sibling);
                else if (lock != null && channel.size() == 0) removeIfHollow(sibling);
            }
            return null;
        });
    }

    private static boolean isMarked(Path sibling, FileChannel owner) throws IOException {
        byte[] mark = mark(sibling);
        if (owner.size() != mark.length) return false;
        ByteBuffer content = ByteBuffer.allocate(mark.length);
        owner.read(content, 0);
        return content.flip().equals(ByteBuffer.wrap(mark));
    }

    /**
     * Removes what a process that was killed while it made the directory has left: nothing, or an owner's file that
     * does not say anything yet. Nobody takes a minute from the one to the other.
     */
    private static void removeIfHollow(Path sibling) throws IOException {
        FileTime minuteAgo = FileTime.from(Instant.now().minusSeconds(60));
        if (Files.getLastModifiedTime(sibling).compareTo(minuteAgo) > 0) return;
        Path owner = sibling.resolve(OWNER);
        if (isOnly(sibling, owner)) deleteLast(sibling, owner);
    }

    /** Whether a directory has nothing but this file, or not even that. */
    private static boolean isOnly(Path directory, Path file) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.allMatch(file::equals);
        } catch (NoSuchFileException e) {
            return false; // it is gone
        }
    }

    /** Deletes what is there; what cannot be deleted is left to the next who tries. */
    private static void deleteQuietly(Path directory) {
        try {
            delete(directory);
        } catch (IOException e) {
            Log.get().log(Level.WARNING, "could not delete the temporary store " + directory, e);
        }
    }

    /**
     * The owner's file goes last, and only when it is alone: what is left by whoever is killed meanwhile can still be
     * told. Threads that still write, as when the JVM exits, may make files all the time until the directory is gone.
     */
    private static void delete(Path directory) throws IOException {
        Path owner = directory.resolve(OWNER);
        for (int left = MAX_ATTEMPTS; Files.exists(directory, LinkOption.NOFOLLOW_LINKS); left--) {
            if (left == 0) throw new DirectoryNotEmptyException(directory.toString());
            deleteContent(directory, owner);
            if (isOnly(directory, owner)) deleteLast(directory, owner);
        }
    }

    private static void deleteLast(Path directory, Path owner) throws IOException {
        Files.deleteIfExists(owner);
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            Log.get().log(Level.DEBUG, "somebody still writes to {0}", directory);
        }
    }

    /** Deletes all that is in a directory but this file. */
    private static void deleteContent(Path directory, Path spared) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(spared)) Files.deleteIfExists(file);
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
                if (!done.equals(directory)) Files.deleteIfExists(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes the directory; a second call does nothing. */
    public void close() throws IOException {
        synchronized (MINE) {
            if (!MINE.remove(this)) return;
            try {
                delete(path);
            } finally {
                try {
                    owner.close();
                } finally {
                    JvmClaims.release(identity);
                }
            }
        }
    }
}
