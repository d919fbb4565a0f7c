package io.partd.cli.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion of the command line: picocli's for bash, the same for zsh, and one for fish. */
final class Completion {
    private Completion() {}

    static void write(CommandLine partd, Path directory) throws IOException {
        String bash = AutoComplete.bash(partd.getCommandName(), partd);
        Files.writeString(directory.resolve("partd.bash"), bash);
        Files.writeString(directory.resolve("_partd"), zsh(bash));
        Files.writeString(directory.resolve("partd.fish"), fish(partd));
    }

    /** The first completion reads the file, which completes from then on, and this once. */
    private static String zsh(String bash) {
        // Of bash's commands zsh lacks one that only says more of what was found.
        return "#compdef partd\ncompopt() { :; }\n" + bash + "\n_bash_complete -o default -F _complete_partd\n";
    }

    private static String fish(CommandLine partd) {
        StringBuilder lines = new StringBuilder("# Completion of partd for fish.\n");
        options(partd.getCommandSpec(), "__fish_use_subcommand").forEach(lines::append);
        partd.getSubcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            lines.append(
                    "complete -c partd -n __fish_use_subcommand -f -a " + name + description(ManPages.summary(spec)));
            options(spec, "__fish_seen_subcommand_from " + name).forEach(lines::append);
        });
        lines.append("complete -c partd -n '__fish_seen_subcommand_from help' -f -a '"
                + String.join(" ", partd.getSubcommands().keySet()) + "'\n");
        return lines.toString();
    }

    private static List<String> options(CommandSpec spec, String condition) {
        List<String> lines = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            StringBuilder line = new StringBuilder("complete -c partd -n '" + condition + "'");
            for (String name : option.names()) {
                line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            line.append(values(option)).append(description(String.join(" ", option.description())));
            lines.add(line.toString());
        }
        return lines;
    }

    /** What may follow: nothing, one of some words, or anything, such as a file. */
    private static String values(OptionSpec option) {
        if (option.arity().max() == 0) return "";
        Class<?> type = option.type();
        if (!type.isEnum()) return " -r";
        List<String> names =
                Stream.of(type.getEnumConstants()).map(Object::toString).toList();
        return " -x -a '" + String.join(" ", names) + "'";
    }

    private static String description(String text) {
        String plain = text.replaceAll("\\s+", " ").replaceFirst("\\.( .*)?$", "");
        return String.format(
                Locale.ROOT, " -d '%s'%n", plain.replace("\\", "\\\\").replace("'", "\\'"));
    }
}
