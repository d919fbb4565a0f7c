package io.partd.benchmarks.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of a process, by what Linux says of it.
 *
 * @param resident the most bytes of memory that it ever had at once, mapped files included
 * @param anonymous the bytes that it has now and that no file backs: heap, buffers, and what native code allocates
 */
public record ProcessMemory(long resident, long anonymous) {
    public static final ProcessMemory NONE = new ProcessMemory(0, 0);

    public static ProcessMemory ofThis() throws IOException {
        return of(ProcessHandle.current().pid());
    }

    /** The memory of a process; nothing where it has just ended, or where the system is another. */
    public static ProcessMemory of(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        List<String> lines;
        try {
            lines = Files.readAllLines(status);
        } catch (IOException e) {
            if (Files.exists(status)) throw e;
            return NONE;
        }
        return new ProcessMemory(bytes(lines, "VmHWM:"), bytes(lines, "RssAnon:"));
    }

    public ProcessMemory plus(ProcessMemory other) {
        return new ProcessMemory(resident + other.resident, anonymous + other.anonymous);
    }

    private static long bytes(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .sum();
    }
}
