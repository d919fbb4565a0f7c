package io.partd.cli.packaging;

import java.io.ByteArrayOutputStream;
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

/** A library's jar as it is packaged: entry by entry what is made of it. */
final class RewrittenJar {
    /** What becomes of an entry. */
    interface Change {
        /** Writes what is to be there instead. Returns whether there is to be something. */
        boolean write(String name, InputStream in, OutputStream out) throws IOException;
    }

    private RewrittenJar() {}

    /** Writes the jar that a class comes from to a directory; not again while that is newer. */
    static void write(Class<?> of, Path directory, Change change) throws IOException, URISyntaxException {
        Path jar =
                Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path to = directory.resolve(jar.getFileName());
        if (Files.exists(to)
                && Files.getLastModifiedTime(to).compareTo(Files.getLastModifiedTime(jar)) > 0
                && Files.size(to) != Files.size(jar)) return;
        Path made = directory.resolve(jar.getFileName() + ".tmp");
        try (ZipFile zip = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(made))) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    copy(entry, in, out, change);
                }
            }
        }
        Files.move(made, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(ZipEntry entry, InputStream in, ZipOutputStream out, Change change) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!change.write(entry.getName(), in, bytes)) return;
        // With the time that it has: two builds make the same jar.
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(same);
        bytes.writeTo(out);
        out.closeEntry();
    }
}
