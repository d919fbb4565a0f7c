package io.partd.cli.command;

import io.partd.cli.common.Bar;
import io.partd.cli.common.Failure;
import io.partd.cli.common.Json;
import io.partd.cli.common.Memory;
import io.partd.cli.common.Output;
import io.partd.cli.common.Terminal;
import io.partd.cli.output.Export;
import io.partd.cli.output.ExportFormat;
import io.partd.cli.store.KeySize;
import io.partd.cli.store.StoreView;
import io.partd.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
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
            "All rows go to one file, key after key. Where OUT is a directory, or ends in /, each key gets a file"
                    + " of its own in it. Arrow files whose names end in .arrows are streams, and so is standard output."
                    + " CSV and JSON are compressed where the file's name ends in .gz or .zst.",
            "",
            "Examples:",
            "  partd export flights ATL SEA --out two.parquet",
            "  partd export flights --format csv --out all-origins/",
            "  partd export flights ATL --format json | head -n 3"
        })
final class ExportCommand extends StoreCommand {
    @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY", description = "Which keys (default: all).")
    List<String> keys = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "arrow|parquet|csv|json",
            description = "What to write; json is one object a line. OUT's name says it where it ends so.")
    ExportFormat format;

    @Option(
            names = "--out",
            paramLabel = "OUT",
            defaultValue = "-",
            description = "A file, a directory, or - for standard output (default).")
    String out;

    @Option(names = "--force", description = "Replace files that are there.")
    boolean force;

    @Option(names = "--json", description = "Print what was done as a JSON object.")
    boolean json;

    @Override
    void run(StoreView view) throws Exception {
        if (format == null) format = ExportFormat.of(out);
        if (format == null) throw wrongUse("--format is missing: arrow, parquet, csv or json");
        List<String> wanted = keys.isEmpty() ? new ArrayList<>(view.keys()) : keys;
        view.requireKeys(keys);
        for (String key : wanted) view.requireTable(key);
        if (wanted.isEmpty()) throw new Failure(view + " has no keys to export");
        if (json && out.equals("-")) throw wrongUse("--json says what was written to --out, which is missing");
        String said = export(view, wanted, Memory.standard());
        if (!out.equals("-")) Output.line(said);
    }

    private String export(StoreView view, List<String> wanted, Memory memory) throws Exception {
        long started = System.nanoTime();
        try (BufferAllocator allocator = new RootAllocator(memory.forArrow());
                Bar bar = new Bar(view.toString(), "rows", rows(view, wanted));
                Export export = new Export(view.tables(allocator), allocator, format, memory, bar)) {
            int files = export(export, wanted);
            if (!json) return summary(export, wanted.size(), files, (System.nanoTime() - started) / 1e9);
            return new Json()
                    .put("rows", export.rows())
                    .put("keys", wanted.size())
                    .put("files", files)
                    .put("bytes", export.bytes())
                    .putSecondsSince(started)
                    .toString();
        }
    }

    /** How many there will be; counted for those who watch. */
    private static long rows(StoreView view, List<String> wanted) {
        if (!Terminal.isError()) return Bar.UNKNOWN;
        return view.sizes(new HashSet<>(wanted)).stream()
                .mapToLong(KeySize::rows)
                .sum();
    }

    private String summary(Export export, int written, int files, double seconds) {
        return String.format(
                Locale.ROOT,
                "%s of %s in %.1f s; %s in %s%s",
                Text.count(export.rows(), "row"),
                Text.count(written, "key"),
                seconds,
                Text.bytes(export.bytes()),
                files > 1 ? Text.count(files, "file") + " in " : "",
                Text.oneLine(out));
    }

    /** Gives the number of files. */
    private int export(Export export, List<String> wanted) throws Exception {
        if (out.equals("-")) {
            export.toOutput(wanted, "partd export: interrupted");
            return 0;
        }
        Path path = Path.of(out);
        if (out.endsWith("/") || Files.isDirectory(path)) return toDirectory(export, wanted, path);
        Export.requirePlace(path, force);
        export.toFile(wanted, path, "partd export: interrupted; " + path + " was not written");
        return 1;
    }

    private int toDirectory(Export export, List<String> wanted, Path directory) throws Exception {
        List<Path> files = new ArrayList<>();
        for (String key : wanted) files.add(directory.resolve(Text.fileName(key) + "." + format));
        for (Path file : files) Export.requireAbsent(file, force);
        Files.createDirectories(directory);
        for (int i = 0; i < files.size(); i++) {
            String ifInterrupted = "partd export: interrupted; " + i + " of " + Text.count(files.size(), "file")
                    + " in " + directory + " were written, each of them whole";
            export.toFile(List.of(wanted.get(i)), files.get(i), ifInterrupted);
        }
        return files.size();
    }
}
