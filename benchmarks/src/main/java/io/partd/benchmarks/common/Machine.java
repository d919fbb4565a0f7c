package io.partd.benchmarks.common;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a result depends on beside the code. */
public final class Machine {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final long PAGE = 4096;

    private Machine() {}

    public static Map<String, Object> describe(Path directory) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("system", SYSTEM.getName() + " " + SYSTEM.getVersion() + " " + SYSTEM.getArch());
        facts.put("processor", processor());
        facts.put("cores", SYSTEM.getAvailableProcessors());
        facts.put("memoryMiB", SYSTEM.getTotalMemorySize() >> 20);
        facts.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("heapMiB", Runtime.getRuntime().maxMemory() >> 20);
        facts.put("directory", directory.toAbsolutePath().toString());
        FileStore files = Files.getFileStore(directory);
        facts.put("fileSystem", files.type() + " (" + files.name() + ")");
        facts.put("dirtyLimitMiB", dirtyLimit());
        return facts;
    }

    /** From how many unwritten bytes on Linux slows writers of files on a disk down; -1 elsewhere. */
    private static long dirtyLimit() throws IOException {
        Path statistics = Path.of("/proc/vmstat");
        if (!Files.isReadable(statistics)) return -1;
        try (Stream<String> lines = Files.lines(statistics)) {
            long pages = lines.filter(line -> line.matches("nr_dirty_(background_)?threshold .*"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                    .sum();
            return pages / 2 * PAGE >> 20; // half-way between the two thresholds
        }
    }

    /** Threads that ran or waited to run, on average over the last minute; negative where the system does not say. */
    public static double load() {
        return SYSTEM.getSystemLoadAverage();
    }

    /** The nanoseconds that all threads of this JVM have run for, those of the collector and compiler included. */
    public static long processorTime() {
        return SYSTEM.getProcessCpuTime();
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) return System.getProperty("os.arch");
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
