package io.partd.cli.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.duckdb.DuckDBDriver;

/**
 * DuckDB's native libraries, taken out of its jar. In there one is unpacked at each start, 70 MB of it, and stays
 * behind when the process is killed; where the jar has none, DuckDB loads the one for the machine that lies beside it.
 */
final class DuckDbLibrary {
    private static final String LIBRARY = "libduckdb_java.so_";
    /** The command is a shell script. */
    private static final String NOT_FOR = LIBRARY + "windows";

    private DuckDbLibrary() {}

    /** Writes the jar without its libraries, and the libraries, to a directory; not again while they are newer. */
    static void unpack(Path directory) throws IOException, URISyntaxException {
        Path jar = Path.of(DuckDBDriver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path to = directory.resolve(jar.getFileName());
        if (Files.exists(to)
                && Files.getLastModifiedTime(to).compareTo(Files.getLastModifiedTime(jar)) > 0
                && Files.size(to) < Files.size(jar)) return;
        Path made = directory.resolve(jar.getFileName() + ".tmp");
        try (ZipFile zip = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(made);
                ZipOutputStream others = new ZipOutputStream(out)) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().startsWith(NOT_FOR)) continue;
                try (InputStream in = zip.getInputStream(entry)) {
                    if (entry.getName().startsWith(LIBRARY)) copy(in, directory.resolve(entry.getName()));
                    else copy(in, entry, others);
                }
            }
        }
        Files.move(made, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(InputStream in, Path library) throws IOException {
        Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
    }

    /** With the time that it has: two builds make the same jar. */
    private static void copy(InputStream in, ZipEntry entry, ZipOutputStream out) throws IOException {
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(same);
        in.transferTo(out);
        out.closeEntry();
    }
}
