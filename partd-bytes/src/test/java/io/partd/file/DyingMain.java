package io.partd.file;

import io.partd.Bytes;
import io.partd.FilePartd;
import io.partd.Partds;
import io.partd.log.SegmentFormat;
import io.partd.log.SegmentParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Does something to a store and dies at the worst moment: {@code <directory> <operation>}. The files have it, and
 * nobody was told: it halts before the first store to a control word once a file of the store has changed.
 */
public final class DyingMain {
    public static final int DEAD = 86;
    public static final Bytes HEAD = Bytes.utf8("HEAD|");

    private DyingMain() {}

    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        try (FilePartd store = Partds.file(directory)) {
            if (args[1].equals("append known")) {
                store.append("known", Bytes.utf8("before"));
                System.out.println("appended");
                awaitByte();
            }
            Map<String, List<Object>> before = files(directory);
            SharedWords.beforeStore = () -> {
                if (!files(directory).equals(before)) Runtime.getRuntime().halt(DEAD);
            };
            run(store, args[1]);
        }
        throw new AssertionError("survived " + args[1]);
    }

    private static void awaitByte() {
        try {
            if (System.in.read() < 0) throw new AssertionError("nobody wants it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(FilePartd store, String operation) {
        switch (operation) {
            case "append", "append known" -> store.append("k", Bytes.utf8("V"));
            case "putIfAbsent" -> store.putIfAbsent("k", Bytes.utf8("HB"));
            case "delete" -> store.delete("k");
            case "drop" -> store.drop();
            case "compact" -> store.compact();
            default -> throw new IllegalArgumentException(operation);
        }
    }

    /** What changes when something is written to a segment, or a manifest published. */
    private static Map<String, List<Object>> files(Path directory) {
        Map<String, List<Object>> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "partd.manifest")) {
            for (Path file : found) files.put(file.toString(), List.of(Files.getAttribute(file, "unix:ino")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SegmentFormat.SEGMENT)) {
            for (Path file : found) {
                boolean written = Files.size(file) > 0 && !isOutput(file);
                if (written) files.put(file.toString(), List.of(Files.size(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** Nothing of a compaction counts before its manifest. */
    private static boolean isOutput(Path file) throws IOException {
        byte[] start = new byte[SegmentParts.HEADER];
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(start, 0, start.length) == start.length && (start[12] & 1) != 0;
        }
    }
}
