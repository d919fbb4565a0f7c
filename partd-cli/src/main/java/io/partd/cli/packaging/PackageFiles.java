package io.partd.cli.packaging;

import io.partd.cli.command.PartdCommand;
import io.partd.cli.common.Memory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** Writes what a package holds beside jars and scripts; the build runs it. */
public final class PackageFiles {
    private PackageFiles() {}

    /** The arguments are the directory that becomes the package, and the version. */
    public static void main(String... args) throws IOException, URISyntaxException {
        Path home = Path.of(args[0]);
        Path lib = Files.createDirectories(home.resolve("lib"));
        CommandLine partd = PartdCommand.line();
        Completion.write(partd, Files.createDirectories(home.resolve("completion")));
        ManPages.write(partd, Files.createDirectories(home.resolve("man/man1")), args[1]);
        DuckDbLibrary.unpack(lib);
        PicocliClasses.renew(lib);
        // What the script gives a shuffle that names no memory.
        Files.writeString(lib.resolve("memory-flags"), Memory.standard().jvmFlags() + "\n");
    }
}
