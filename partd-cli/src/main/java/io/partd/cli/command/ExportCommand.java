package io.partd.cli.command;

import io.partd.cli.common.Failure;
import io.partd.cli.common.Memory;
import io.partd.cli.output.Export;
import io.partd.cli.output.ExportFormat;
import io.partd.cli.store.StoreView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partd export}. */
@CommandLine.Command(
        name = "export",
        description = "Write the tables of keys to files, or to standard output.",
        sortOptions = false,
        footer = {
            "",
            "All rows go to one file, key after key. Where OUT is a directory, or ends in /, each key gets a file",
            "of its own in it. Arrow files whose names end in .arrows are streams, and so is standard output.",
            "",
            "Examples:",
            "  partd export flights ATL SEA --format parquet --out two.parquet",
            "  partd export flights --format csv --out all-origins/",
            "  partd export flights ATL --format json | head -n 3"
        })
final class ExportCommand extends StoreCommand {
    @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY", description = "Which keys (default: all).")
    List<String> keys = new ArrayList<>();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "arrow|parquet|csv|json",
            description = "What to write; json is one object a line.")
    ExportFormat format;

    @Option(
            names = "--out",
            paramLabel = "OUT",
            defaultValue = "-",
            description = "A file, a directory, or - for standard output (default).")
    String out;

    @Override
    void run(StoreView view) throws Exception {
        List<String> wanted = keys.isEmpty() ? new ArrayList<>(view.keys()) : keys;
        view.requireKeys(keys);
        for (String key : wanted) view.requireTable(key);
        if (wanted.isEmpty()) throw new Failure(view + " has no keys to export");
        Memory memory = Memory.standard();
        try (BufferAllocator allocator = new RootAllocator(memory.forArrow());
                Export export = new Export(view.tables(allocator), allocator, format, memory)) {
            export(export, wanted);
        }
    }

    private void export(Export export, List<String> wanted) throws Exception {
        Path path = Path.of(out);
        if (out.equals("-")) {
            export.toOutput(wanted);
        } else if (out.endsWith("/") || Files.isDirectory(path)) {
            Files.createDirectories(path);
            for (String key : wanted) export.toFile(List.of(key), path.resolve(fileName(key) + "." + format));
        } else {
            export.toFile(wanted, path);
        }
    }

    /** The key as a file's name: what is no letter, digit, dash, underscore or inner dot is written as in URLs. */
    static String fileName(String key) {
        StringBuilder name = new StringBuilder();
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_') || c == '.' && !name.isEmpty();
            if (plain) name.append(c);
            else name.append(String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return name.toString();
    }
}
