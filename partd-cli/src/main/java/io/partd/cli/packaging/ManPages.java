package io.partd.cli.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Man pages, of what picocli knows of the commands. Its own generator writes AsciiDoc, which a Ruby program in the
 * build would have to make man pages of.
 */
final class ManPages {
    private static final String ENVIRONMENT = """
            .SH ENVIRONMENT
            .TP
            .B JAVA_HOME
            The JDK to run on, Java 17 or later; else the \\fBjava\\fR on the PATH.
            .TP
            .B PARTD_JAVA_OPTIONS
            More flags for the JVM.
            .TP
            .B PARTD_DEBUG
            Where it is set, what fails shows where, too.
            .TP
            .B PARTD_PREPARE
            The first command on a JDK archives the classes in the background, so that later ones start faster: beside
            the program, or in $XDG_CACHE_HOME/partd or ~/.cache/partd. \\fBnow\\fR makes it wait until that is done,
            \\fBnever\\fR leaves it out.
            """;

    private ManPages() {}

    static void write(CommandLine partd, Path directory, String version) throws IOException {
        Files.writeString(directory.resolve("partd.1"), page(partd, version, "PARTD") + commands(partd) + ENVIRONMENT);
        for (CommandLine command : partd.getSubcommands().values()) {
            String name = "partd-" + command.getCommandName();
            String seeAlso = ".SH SEE ALSO\n.BR partd (1)\n";
            Files.writeString(directory.resolve(name + ".1"), page(command, version, name) + seeAlso);
        }
    }

    /** What a command does, in one sentence or a few. */
    static String summary(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().description())
                .replace("%n", " ")
                .strip();
    }

    private static String page(CommandLine command, String version, String title) {
        CommandSpec spec = command.getCommandSpec();
        String name = title.toLowerCase(Locale.ROOT);
        StringBuilder page = new StringBuilder();
        page.append(".TH " + title.toUpperCase(Locale.ROOT) + " 1 \"\" \"partd " + version + "\" \"partd\"\n");
        String first = summary(spec).replaceFirst("\\.( .*)?$", "");
        page.append(".SH NAME\n" + name + " \\- " + plain(first) + "\n");
        String synopsis = command.getHelp().synopsis(0).replaceAll("\\s+", " ").strip();
        page.append(".SH SYNOPSIS\n" + plain(synopsis) + "\n");
        page.append(".SH DESCRIPTION\n" + plain(summary(spec)) + "\n");
        List<String> footer = footer(spec);
        int examples = footer.indexOf("Examples:") + footer.indexOf("Example:") + 1;
        List<String> notes = footer.subList(0, Math.max(0, examples));
        notes.forEach(line -> page.append(line.isEmpty() ? ".PP\n" : plain(line) + "\n"));
        section(page, "ARGUMENTS", spec.positionalParameters().stream());
        section(page, "OPTIONS", spec.options().stream());
        if (examples >= 0) {
            page.append(".SH EXAMPLES\n.nf\n");
            footer.subList(examples + 1, footer.size()).forEach(line -> page.append(plain(line.strip()) + "\n"));
            page.append(".fi\n");
        }
        return page.toString();
    }

    private static List<String> footer(CommandSpec spec) {
        return Stream.of(spec.usageMessage().footer())
                .map(line -> Ansi.OFF.string(line))
                .toList();
    }

    private static void section(StringBuilder page, String title, Stream<? extends ArgSpec> of) {
        List<String> entries = new ArrayList<>();
        of.filter(each -> !each.hidden()).forEach(each -> entries.add(entry(each)));
        if (!entries.isEmpty()) page.append(".SH " + title + "\n" + String.join("", entries));
    }

    private static String entry(ArgSpec each) {
        String label = each.arity().max() == 0 ? "" : "\\fI" + plain(each.paramLabel()) + "\\fR";
        String name = each instanceof OptionSpec option
                ? Stream.of(option.names())
                                .map(one -> "\\fB" + plain(one) + "\\fR")
                                .collect(Collectors.joining(", "))
                        + (label.isEmpty() ? "" : " " + label)
                : label;
        if (each instanceof PositionalParamSpec && each.arity().max() > 1) name += "...";
        return ".TP\n" + name + "\n" + plain(String.join(" ", each.description())) + "\n";
    }

    private static String commands(CommandLine partd) {
        StringBuilder text = new StringBuilder(".SH COMMANDS\n");
        partd.getSubcommands()
                .forEach((name, command) -> text.append(
                        ".TP\n.BR partd-" + name + " (1)\n" + plain(summary(command.getCommandSpec())) + "\n"));
        return text.toString();
    }

    /** Text that troff prints as it is. */
    private static String plain(String text) {
        String escaped = Ansi.OFF.string(text).replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
