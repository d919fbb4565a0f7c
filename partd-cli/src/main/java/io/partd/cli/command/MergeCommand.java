package io.partd.cli.command;

import io.partd.FilePartd;
import io.partd.cli.common.Json;
import io.partd.cli.common.Output;
import io.partd.cli.shuffle.Merge;
import io.partd.cli.store.Connection;
import io.partd.cli.store.Stores;
import io.partd.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code partd merge}. */
@CommandLine.Command(
        name = "merge",
        description = "Put what lies in some stores into one, key by key: the rows of the first store come first.",
        sortOptions = false,
        footer = {
            "",
            "Stores that are partitioned in different ways are refused, and so are keys that have other columns in one"
                    + " store than in another. The stores that are read stay as they are.",
            "",
            "Example:",
            "  partd merge january february march --to quarter"
        })
final class MergeCommand extends Command {
    @Parameters(arity = "1..*", paramLabel = "DIR", description = "The directories of the stores to read.")
    List<Path> directories;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "The directory of the store to write to; made where there is none.")
    String to;

    @Option(names = "--append", description = "Add to the store if it holds something, instead of refusing to.")
    boolean append;

    @Option(names = "--json", description = "Print a JSON object instead.")
    boolean json;

    @Override
    void run() throws Exception {
        long started = System.nanoTime();
        for (int i = 0; i < directories.size(); i++) requireDirectory(directories.get(i), directories.subList(0, i));
        if (Connection.isAddress(to)) throw wrongUse("merge works on a store's files: name a directory");
        List<FilePartd> sources = new ArrayList<>();
        try {
            for (Path each : directories) sources.add(Stores.open(each, false));
            merge(sources, started);
        } finally {
            sources.forEach(FilePartd::close);
        }
    }

    private void requireDirectory(Path directory, List<Path> before) throws IOException {
        if (Connection.isAddress(directory.toString())) {
            throw wrongUse("merge works on stores' files: name directories");
        }
        List<Path> others = new ArrayList<>(before);
        others.add(Path.of(to));
        for (Path other : others) {
            if (Files.exists(directory) && Files.exists(other) && Files.isSameFile(directory, other)) {
                throw wrongUse(directory + " is named twice");
            }
        }
    }

    private void merge(List<FilePartd> sources, long started) throws IOException, InterruptedException {
        List<String> names = directories.stream().map(Path::toString).toList();
        try (Merge merge = new Merge(sources, names, to)) {
            if (!merge.run(append)) {
                System.err.println("partd merge: interrupted; " + merge.written());
                return;
            }
            if (json) {
                new Json()
                        .put("stores", sources.size())
                        .put("keys", merge.keys())
                        .put("bytes", merge.bytes())
                        .putSecondsSince(started)
                        .print();
                return;
            }
            Output.line(String.format(
                    Locale.ROOT,
                    "%s of %s, %s, merged into %s in %.1f s",
                    Text.count(merge.keys(), "key"),
                    Text.count(sources.size(), "store"),
                    Text.bytes(merge.bytes()),
                    to,
                    (System.nanoTime() - started) / 1e9));
        }
    }
}
