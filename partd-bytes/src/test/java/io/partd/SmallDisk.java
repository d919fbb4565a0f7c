package io.partd;

import io.partd.base.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A small file system of its own, mounted for the time of a test. A machine that allows none skips the test. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path directory;
    private final Path filler;

    private SmallDisk(Path directory) {
        this.directory = directory;
        this.filler = directory.resolve("filler");
    }

    /** A file system in memory. */
    public static SmallDisk tmpfs(Path parent, int megabytes) throws IOException {
        Path directory = Files.createDirectory(parent.resolve("tmpfs"));
        mount("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
        return new SmallDisk(directory);
    }

    /** An ext4 file system in a file, which writes back late and keeps a journal. */
    static SmallDisk ext4(Path parent, int megabytes) throws IOException {
        Path image = parent.resolve("image");
        Files.write(image, new byte[megabytes << 20]);
        Path directory = Files.createDirectory(parent.resolve("ext4"));
        mount("mkfs.ext4", "-q", "-m", "0", image.toString());
        mount("mount", "-o", "loop", image.toString(), directory.toString());
        return new SmallDisk(directory);
    }

    /** Another place for a directory, where it may not be written. */
    public static SmallDisk readOnly(Path directory, Path place) throws IOException {
        Files.createDirectory(place);
        mount("mount", "--bind", directory.toString(), place.toString());
        SmallDisk disk = new SmallDisk(place);
        try {
            mount("mount", "-o", "remount,ro,bind", place.toString());
            return disk;
        } catch (RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    private static void mount(String... command) throws IOException {
        String output;
        try {
            output = run(command);
        } catch (IOException e) {
            output = e.getMessage();
        }
        Assumptions.assumeTrue(output.isEmpty(), "this machine mounts no small file system: " + output);
    }

    /** The command's output if it failed, or nothing. */
    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            int code = process.waitFor();
            return code == 0 ? "" : List.of(command) + " ended with " + code + ": " + output.strip();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public Path directory() {
        return directory;
    }

    /** Takes all the room there is but so many blocks of 4 KiB. */
    public void fillUpTo(int blocksFree) throws IOException {
        byte[] block = new byte[BLOCK];
        try (var out = new java.io.RandomAccessFile(filler.toFile(), "rw")) {
            out.seek(out.length());
            try {
                while (true) {
                    out.write(block);
                    out.getFD().sync();
                }
            } catch (IOException e) {
                if (!Failures.isFull(e)) throw e;
            }
            // a file system may give room back in larger pieces than blocks, or a little later
            while (blocksFree > 0 && out.length() > 0 && room() < blocksFree * BLOCK) {
                out.setLength(Math.max(0, out.length() - BLOCK));
            }
        }
    }

    private long room() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /** Gives back the room that {@link #fillUpTo} took. */
    void makeRoom() throws IOException {
        Files.deleteIfExists(filler);
    }

    @Override
    public void close() throws IOException {
        String failure = run("umount", "-l", directory.toString());
        if (!failure.isEmpty()) throw new IOException(failure);
    }
}
