package io.partd.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes DuckDB's native library out of its jar. In there it is unpacked at each start, 70 MB of it, and stays behind
 * when the process is killed; outside, DuckDB loads it from {@code java.library.path}.
 */
final class UnpackDuckDb {
    private static final String LIBRARY = "libduckdb_java.so_";

    private UnpackDuckDb() {}

    /** The arguments are the directory of the jars, and the one for the library. */
    public static void main(String[] args) throws IOException {
        Path jar = jar(Path.of(args[0]));
        Path made = jar.resolveSibling(jar.getFileName() + ".tmp");
        boolean found;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry library = zip.getEntry(LIBRARY + platform());
            found = library != null;
            if (found) {
                copy(zip, library, Path.of(args[1]).resolve(System.mapLibraryName("duckdb_java")));
                copyOthers(zip, made);
            }
        }
        if (found) Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path jar(Path directory) throws IOException {
        try (Stream<Path> jars = Files.list(directory)) {
            return jars.filter(path -> path.getFileName().toString().matches("duckdb_jdbc-.*\\.jar"))
                    .findAny()
                    .orElseThrow(() -> new IOException("no jar of DuckDB in " + directory));
        }
    }

    /** As DuckDB names it; another platform's library stays where it is. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return (system.startsWith("mac") ? "macos" : system) + "_"
                + switch (machine) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> machine;
                };
    }

    private static void copy(ZipFile zip, ZipEntry library, Path to) throws IOException {
        Path made = to.resolveSibling(to.getFileName() + ".tmp");
        try (InputStream in = zip.getInputStream(library)) {
            Files.copy(in, made, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(made, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copyOthers(ZipFile zip, Path made) throws IOException {
        try (OutputStream out = Files.newOutputStream(made);
                ZipOutputStream others = new ZipOutputStream(out)) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().startsWith(LIBRARY)) continue;
                others.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = zip.getInputStream(entry)) {
                    in.transferTo(others);
                }
                others.closeEntry();
            }
        }
    }
}
