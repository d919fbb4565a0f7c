package io.partd.cli.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /** Writes the jar without its libraries, and the libraries, to a directory. */
    static void unpack(Path directory) throws IOException, URISyntaxException {
        RewrittenJar.write(DuckDBDriver.class, directory, (name, in, out) -> isElse(directory, name, in, out));
    }

    private static boolean isElse(Path directory, String name, InputStream in, OutputStream out) throws IOException {
        if (name.startsWith(NOT_FOR)) return false;
        if (name.startsWith(LIBRARY)) {
            Files.copy(in, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            return false;
        }
        in.transferTo(out);
        return true;
    }
}
